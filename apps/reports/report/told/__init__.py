"""The words of each part of a report, in the active language: JSON in, blocks out. For web processes: no arrays."""
