"""Signs of haste, carelessness and machines among the answers. Flags delete nothing: they stand beside the numbers.

Imported by the worker only: it needs numpy.
"""

from apps.reports.quality.flags import Quality, quality_of

__all__ = ["Quality", "quality_of"]
