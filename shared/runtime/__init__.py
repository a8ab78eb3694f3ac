"""The ground every room stands on: settings, database, clock, errors, logs, loops, blobs."""
