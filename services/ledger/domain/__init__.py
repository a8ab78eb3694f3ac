"""Decisions of the ledger: values in, values out."""
