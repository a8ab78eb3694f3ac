"""One case: its page, and a page for each thing that is done to it."""
