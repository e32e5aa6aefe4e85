"""Answers weighted to shares that somebody entered: never the headline, always beside it, sometimes refused."""
