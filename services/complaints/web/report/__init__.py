"""Filing a report: the eight steps a page each, and the one document in the phone."""
