"""The report on the desk: as it is now, what its method box still lacks, its files, and publishing it."""
