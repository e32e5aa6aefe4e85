"""A debate in files of our own: one table per kind of thing, a codebook that explains each column, and checksums."""
