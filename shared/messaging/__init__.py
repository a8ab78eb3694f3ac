"""The road between services: at least once, acted on once."""
