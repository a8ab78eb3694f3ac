"""What a service is made of and how it runs: `Service`, `House`, `Chore`, `create_app`, `run`."""

from shared.service.build import create_app, open_house
from shared.service.declaration import Chore, House, Service
from shared.service.run import run
from shared.service.settings import ServiceSettings

__all__ = ["Chore", "House", "Service", "ServiceSettings", "create_app", "open_house", "run"]
