"""`python -m services.notify web|worker|migrate`."""

import sys

from services.notify.service import SERVICE
from shared.service import run

sys.exit(run(SERVICE, sys.argv[1:]))
