"""Documents on paper: the press that prints PDF files, the writer of QR codes."""
