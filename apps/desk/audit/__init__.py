"""The audit log of a publication, in words, for its owners."""
