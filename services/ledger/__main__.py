"""`python -m services.ledger web|worker|migrate`."""

import sys

from services.ledger.service import SERVICE
from shared.service import run

sys.exit(run(SERVICE, sys.argv[1:]))
