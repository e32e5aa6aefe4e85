"""What somebody should look at: found by rules with stated bounds, told with a moment and with what to do."""
