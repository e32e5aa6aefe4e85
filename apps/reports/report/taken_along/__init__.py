"""The report in a bundle: its JSON, and everything that makes the same bytes of it again without us."""
