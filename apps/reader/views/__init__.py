"""Readers' pages, one module for each place that a reader can be at."""
