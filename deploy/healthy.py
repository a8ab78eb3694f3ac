"""The containers' health check: `python /healthy.py URL` ends with 0 when URL answers 200."""

import sys
import urllib.error
import urllib.request

try:
    with urllib.request.urlopen(sys.argv[1], timeout=4) as answer:  # noqa: S310 - our own port
        sys.exit(answer.status != 200)
except (urllib.error.URLError, OSError):
    sys.exit(1)
