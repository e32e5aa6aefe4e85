"""Answers as files for others to count: one row a response, one module a format, one codebook."""
