"""What the client adds to `kentongan` (entry points of the group "kentongan.commands")."""

from client.mailbox import mailbox
from client.open_file import open_file
from client.report import report

__all__ = ["mailbox", "open_file", "report"]
