"""Write the secrets docker-compose.yml mounts: `python deploy/make_secrets.py deploy/secrets`.

Never replaces a file that stands. The oversight identity is written into FOLDER/offline: move that
file to a machine without a network and delete it here; the services only get its recipient.
"""

from __future__ import annotations

import json
import secrets
import sys
from pathlib import Path

from shared.supervise import rights
from shared.supervise.keys import Keys
from shared.supervise.settings import SERVICES

_VHOST = "kentongan"


def main(folder: Path) -> None:
    """Make what is missing and say what is left to do."""
    keys = Keys(folder)
    keys.make()
    keys.keep("password-postgres", secrets.token_hex(24))
    for service in SERVICES:
        word = keys.keep(f"password-{service}", secrets.token_hex(24))
        database = f"postgresql://kentongan_{service}:{word}@postgres:5432/kentongan_{service}"
        keys.keep(f"database-url-{service}", database)
        keys.keep(f"carrier-url-{service}", f"amqp://{service}:{word}@rabbitmq:5672/{_VHOST}")
    users = {service: (service, keys.read(f"password-{service}")) for service in SERVICES}
    keys.keep("rabbitmq-definitions", json.dumps(rights.definitions(_VHOST, users), indent=1))
    offline = folder / "offline"
    offline.mkdir(mode=0o700, exist_ok=True)
    if keys.file("identity-oversight").exists():
        keys.file("identity-oversight").rename(offline / "identity-oversight")
    keys.keep("kentongan.env", _public(keys).strip())
    sys.stdout.write(
        f"written to {folder}\n"
        f"now: move {offline}/identity-oversight to a machine without a network,\n"
        f"     put the certificate into {folder}/tls-certificate and {folder}/tls-key,\n"
        f"     the mail server's smtps://user:password@host:port into {folder}/smtp-url,\n"
        f"     the three host names into {folder}/kentongan.env,\n"
        f"     and let the containers' users read the files (uid 10001; TLS: 101; postgres: 999)\n"
    )


def _public(keys: Keys) -> str:
    """What every service is told and anyone may know."""
    return (
        f"KENTONGAN_DEPLOYMENT={keys.deployment}\n"
        f"KENTONGAN_OVERSIGHT_RECIPIENT={keys.read('recipient-oversight')}\n"
        f"KENTONGAN_TRIAGE_RECIPIENT={keys.recipient('triage')}\n"
        f"KENTONGAN_NOTIFY_RECIPIENT={keys.recipient('notify')}\n"
        "PUBLIC_HOST=kentongan.example\n"
        "DESK_HOST=meja.kentongan.example\n"
        "STOP_HOST=berhenti.kentongan.example\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
