"""The whole database in one file, taken while the site runs, and put back whole or not at all."""
