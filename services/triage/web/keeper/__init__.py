"""Pages of those who keep names."""
