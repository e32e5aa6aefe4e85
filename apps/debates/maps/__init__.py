"""The opinion map of a debate: how it is made of the votes, stored, made again, and read to place its readers."""
