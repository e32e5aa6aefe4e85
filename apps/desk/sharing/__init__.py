"""Passing the question on: its address, the picture that goes with it, a code to print."""
