"""The public service: it takes complaints in sealed and gives answers out sealed."""
