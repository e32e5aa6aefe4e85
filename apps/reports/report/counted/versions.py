"""Which versions a report's numbers hold together, and what they asked otherwise."""

from typing import Any

import numpy as np

from apps.reports.report.material import Material
from apps.reports.version_differences import asked_otherwise


def otherwise(material: Material) -> dict[str, Any]:
    """By question; only versions that somebody answered are compared."""
    answered = [material.instruments[place] for place in np.unique(material.version).tolist()]
    known = {each.number: each.definition for each in sorted(answered, key=lambda each: each.number)}
    return asked_otherwise([question.id for question in material.definition.questions], known)
