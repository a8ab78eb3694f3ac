"""The command-line reporter: seals on this machine and speaks the public API."""
