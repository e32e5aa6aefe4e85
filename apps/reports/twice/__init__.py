"""The question that is asked twice: both answers in pairs, by the way on which readers came to it, and as a figure."""
