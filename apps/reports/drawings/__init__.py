"""Charts as files: each kind of picture is drawn into an SVG; a PNG is made of that. No colour stands alone."""
