"""The queue of readers' statements: what waits, what is nearly the same, and the decisions."""
