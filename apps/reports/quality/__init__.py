"""Signs of haste, carelessness and machines among the answers. Flags delete nothing: they stand beside the numbers."""
