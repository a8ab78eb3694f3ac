"""The JSON API: one file a part of it, and the schemas it is described by."""
