"""The receipt: as a page, on paper, as a QR code."""
