"""What the public service decides, without session, request or clock."""
