"""Triage's tables and the few queries over them."""
