"""Simulated readers: for demonstrations, and for testing what must find a planted truth."""
