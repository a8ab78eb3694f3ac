"""`python -m services.triage web|worker|migrate|seed-demo FILE|invite-officer …`."""

import sys

from services.triage.service import SERVICE
from shared.service import run

sys.exit(run(SERVICE, sys.argv[1:]))
