"""The rules all services share: units, services, regions, tariffs, working days and routing."""

from shared.rulebook.disclosed import (
    Disclosed,
    DisclosedSchema,
    dump_disclosed,
    read_disclosed,
    round2,
    victims_class,
)
from shared.rulebook.loading import load
from shared.rulebook.routing import Considered, Office, Route, route
from shared.rulebook.rulebook import Rulebook

__all__ = [
    "Considered",
    "Disclosed",
    "DisclosedSchema",
    "Office",
    "Route",
    "Rulebook",
    "dump_disclosed",
    "load",
    "read_disclosed",
    "round2",
    "route",
    "victims_class",
]
