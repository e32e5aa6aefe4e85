"""Answers taken out on the desk: asking for a file, seeing how far it is, fetching it."""
