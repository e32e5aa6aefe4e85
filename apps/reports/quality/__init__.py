"""Signs of haste, carelessness and machines among the answers. Flags delete nothing: they stand beside the numbers.

`flags.quality_of` is the way in, for the worker alone. `words` is for everybody, so nothing is imported here.
"""
