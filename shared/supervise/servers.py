"""--servers: a database and a role, a broker user and its rights, for each service of its own."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from shared.supervise import rights
from shared.supervise.children import Stopped
from shared.supervise.keys import Keys
from shared.supervise.plan import Stores
from shared.supervise.settings import SERVICES, UpSettings

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def server_stores(
    settings: UpSettings, keys: Keys, say: Callable[[str], None]
) -> dict[str, Stores]:
    """Make what is missing on both servers; returns each service's own two URLs.

    Raises Stopped when a server cannot be reached or refuses.
    """
    for service in SERVICES:
        keys.keep(f"password-{service}", os.urandom(24).hex())
    say("PostgreSQL: a database and a role for each service")
    databases = _databases(settings, keys)
    say("RabbitMQ: a virtual host, a user for each service")
    carriers = _carriers(settings, keys, say)
    return {service: Stores(databases[service], carriers[service]) for service in SERVICES}


def _databases(settings: UpSettings, keys: Keys) -> dict[str, str]:
    parts = urlsplit(settings.postgres_url)
    admin = urlunsplit(parts._replace(path=parts.path or "/postgres"))
    try:
        with psycopg.connect(admin, autocommit=True, connect_timeout=5) as connection:
            for service in SERVICES:
                _database(connection, _sql_name(service, keys), keys.read(f"password-{service}"))
    except psycopg.Error as fault:
        raise Stopped(f"PostgreSQL at {_place(settings.postgres_url)}: {fault}") from fault
    return {
        service: urlunsplit(
            parts._replace(
                netloc=_netloc(
                    settings.postgres_url,
                    _sql_name(service, keys),
                    keys.read(f"password-{service}"),
                ),
                path=f"/{_sql_name(service, keys)}",
            )
        )
        for service in SERVICES
    }


def _database(connection: psycopg.Connection[tuple[object, ...]], name: str, word: str) -> None:
    """A role that may log in to one database of its own and to no other of ours."""
    called = sql.Identifier(name)
    role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if role else "CREATE")
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(verb, called, sql.Literal(word))
    )
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
            called, called
        )
    )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(called))


def _carriers(settings: UpSettings, keys: Keys, say: Callable[[str], None]) -> dict[str, str]:
    """One user a service where rabbitmqctl reaches the broker; else the given user for all."""
    parts = urlsplit(settings.amqp_url)
    try:
        if parts.hostname not in _LOOPBACK:
            raise OSError("the broker is on another machine")
        vhost = f"kentongan-{keys.deployment}"
        _make_users(shlex.split(settings.rabbitmqctl), vhost, keys)
    except (OSError, subprocess.SubprocessError) as fault:
        say(f"WARNING: rabbitmqctl cannot be used here ({_short(fault)}): all services share one")
        say("WARNING: broker user, so a broken-in service could write another's facts")
        url = urlunsplit(parts._replace(path=parts.path if len(parts.path) > 1 else "/%2F"))
        return dict.fromkeys(SERVICES, url)
    return {
        service: urlunsplit(
            parts._replace(
                netloc=_netloc(
                    settings.amqp_url, f"{vhost}-{service}", keys.read(f"password-{service}")
                ),
                path=f"/{vhost}",
            )
        )
        for service in SERVICES
    }


def _make_users(command: list[str], vhost: str, keys: Keys) -> None:
    if shutil.which(command[0]) is None:
        raise FileNotFoundError(command[0])
    users = {s: (f"{vhost}-{s}", keys.read(f"password-{s}")) for s in SERVICES}
    subprocess.run(
        [*command, "--quiet", "import_definitions"],
        input=json.dumps(rights.definitions(vhost, users)),
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _sql_name(service: str, keys: Keys) -> str:
    return f"kentongan_{keys.deployment}_{service}"


def _netloc(url: str, user: str, word: str) -> str:
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    return f"{quote(user)}:{quote(word)}@{host}{port}"


def _place(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port or 5432}"


def _short(fault: Exception) -> str:
    if isinstance(fault, subprocess.CalledProcessError):
        said = str(fault.stderr or fault.stdout or "").strip().splitlines()
        return said[0][:120] if said else f"ended with {fault.returncode}"
    return f"{type(fault).__name__}: {fault}"[:120]
