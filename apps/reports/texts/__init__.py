"""What readers wrote, as words that can be counted (survey-method 2.3). Runs in the worker: the dictionary is large."""
