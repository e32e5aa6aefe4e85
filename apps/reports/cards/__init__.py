"""The share card: what is shown where somebody passes on the address of an inquiry. Never an answer of one reader."""
