"""The way in of every service: `python -m services.<name> web|worker|migrate`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence

from shared.runtime import logs
from shared.runtime.database import Database
from shared.runtime.migrate import migrate
from shared.runtime.settings import SettingsFault
from shared.service.build import create_app, open_house
from shared.service.declaration import Service
from shared.service.declaration import Verb as OwnVerb
from shared.service.settings import ServiceSettings

Verb = Callable[[Service, ServiceSettings, Sequence[str]], int]


def run(service: Service, argv: Sequence[str], env: Mapping[str, str] | None = None) -> int:
    """Do the verb in `argv[0]` until SIGTERM or SIGINT; returns the process's exit code.

    0 done or asked to stop, 1 a part of it died, 2 wrong use or settings that cannot be used.
    """
    verbs = {**_VERBS, **{name: _own(verb) for name, verb in service.verbs.items()}}
    if not argv or argv[0] not in verbs:
        sys.stderr.write(f"use: python -m services.{service.name} {'|'.join(verbs)}\n")
        return 2
    logs.configure(service.name, argv[0])
    try:
        settings = service.settings.of_this_process() if env is None else service.settings.read(env)
    except SettingsFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return verbs[argv[0]](service, settings, argv[1:])


def _own(verb: OwnVerb) -> Verb:
    return lambda service, settings, rest: verb(open_house(service, settings), rest)


def _web(service: Service, settings: ServiceSettings, _rest: Sequence[str]) -> int:
    from shared.service.server import serve

    # Each gunicorn worker opens its own house: a connection or a lock's file descriptor opened
    # before fork(2) would be shared, and a shared flock(2) locks nobody out.
    return serve(lambda: create_app(service, open_house(service, settings)), settings)


def _worker(service: Service, settings: ServiceSettings, _rest: Sequence[str]) -> int:
    from shared.service.worker import work

    return work(service, open_house(service, settings))


def _migrate(service: Service, settings: ServiceSettings, _rest: Sequence[str]) -> int:
    database = Database(settings.database_url)
    migrate(service.migrations, database)
    database.dispose()
    return 0


_VERBS: dict[str, Verb] = {"web": _web, "worker": _worker, "migrate": _migrate}
