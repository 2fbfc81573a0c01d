"""Pages of a meeting, one file for each step of the month."""
