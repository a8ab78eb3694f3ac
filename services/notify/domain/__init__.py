"""Decisions of notify: values in, values out."""
