"""What the suites share: servers of their own, free ports, the whole system as a fixture."""
