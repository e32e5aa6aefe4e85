"""Two answers against each other: which may be crossed, what is counted, what of it may be shown, and in which words.

`fields` and `asked` know what can be asked for, `told` says it; web processes import those. The others count, and are
the worker's.
"""
