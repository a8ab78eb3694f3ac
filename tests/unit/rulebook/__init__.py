"""The rulebook: data sound, routing safe, dates right."""
