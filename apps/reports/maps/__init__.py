"""The opinion map as readers see it: words, pictures and places, made from the summary of a stored map."""
