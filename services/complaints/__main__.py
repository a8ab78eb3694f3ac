"""python -m services.complaints web|worker|migrate"""

from __future__ import annotations

import sys

from services.complaints.service import SERVICE
from shared.service import run

if __name__ == "__main__":
    sys.exit(run(SERVICE, sys.argv[1:]))
