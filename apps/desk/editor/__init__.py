"""Where an inquiry is made: its beginning, its article, its settings, and the publishing of the next version."""
