"""What a receipt opens, for a browser without JavaScript."""
