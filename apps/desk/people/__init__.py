"""Who works for a publication, and inviting somebody to."""
