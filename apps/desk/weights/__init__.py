"""Weighting answers to shares from elsewhere: entering them, seeing what that costs, dropping them."""
