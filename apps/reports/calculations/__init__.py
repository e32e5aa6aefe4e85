"""What needs all answers at once is asked of the worker and kept: web processes show it, and never count."""
