"""One inquiry, live: how far readers come, how fast, and what stands out about their answers."""
