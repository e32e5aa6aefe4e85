"""The report as PDF, its pictures as files, the share card: made by the worker, kept, and served as they are."""
