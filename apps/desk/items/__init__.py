"""Where questions and statements are written: the list, one question, the editors' statements, and the preview."""
