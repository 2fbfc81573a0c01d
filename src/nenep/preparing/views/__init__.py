"""Pages of the preparation, by noun."""
