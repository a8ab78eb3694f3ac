"""A RabbitMQ node of a test run's own, in a temporary folder on free ports."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
import uuid
from pathlib import Path

import pika
import pika.exceptions

from tests.support.ports import free_port


class RabbitNode:
    """`start`, `new_vhost`, `kill`, `stop`; the node has its own Erlang port mapper."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.name = f"kentongan{uuid.uuid4().hex[:8]}@localhost"
        self._mapper = free_port()
        self._distribution = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @staticmethod
    def missing() -> bool:
        """Whether RabbitMQ is not installed here."""
        return shutil.which("rabbitmq-server", path=_PATH) is None

    @property
    def url(self) -> str:
        """The administrator's URL, on the first virtual host."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"

    @property
    def environment(self) -> dict[str, str]:
        """What rabbitmqctl needs to reach this node and no other."""
        return {
            "PATH": _PATH,
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "RABBITMQ_NODENAME": self.name,
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_LOGS": str(self.folder / "log" / "node.log"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_PLUGINS_DIR": str(self.folder / "plugins"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "no-such-file"),
            "ERL_EPMD_PORT": str(self._mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_CTL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }

    def start(self) -> None:
        """Start the node and wait until it accepts connections."""
        (self.folder / "log").mkdir(exist_ok=True)
        (self.folder / "enabled_plugins").write_text("[].\n")
        (self.folder / "rabbitmq.conf").write_text(
            "loopback_users = none\nvm_memory_high_watermark.relative = 0.6\n"
            "disk_free_limit.absolute = 50MB\nheartbeat = 4\n"
        )
        _link_applications(self.folder / "plugins")
        out = (self.folder / "rabbit.out").open("ab")
        self.process = subprocess.Popen(
            [_server()],
            env=self.environment,
            cwd=self.folder,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
        self._wait()

    def kill(self) -> None:
        """kill -9 the node's whole process group (its own session, made by `start`)."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Stop the node and its port mapper."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGTERM)
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None
        subprocess.run(
            ["epmd", "-port", str(self._mapper), "-kill"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    def ctl(self, *words: str) -> str:
        """Run rabbitmqctl against this node."""
        done = subprocess.run(
            [_control(), "--quiet", *words],
            env=self.environment,
            cwd=self.folder,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def control_command(self, script: Path) -> str:
        """Write a command that is rabbitmqctl for this node, for programs we start; its path."""
        told = " ".join(f"{name}={shlex.quote(text)}" for name, text in self.environment.items())
        script.write_text(f'#!/bin/sh\nexec env {told} {_control()} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
        return str(script)

    def new_vhost(self) -> str:
        """Create an empty virtual host for guest and return its URL."""
        name = f"test-{uuid.uuid4().hex[:12]}"
        self.ctl("add_vhost", name)
        self.ctl("set_permissions", "-p", name, "guest", ".*", ".*", ".*")
        return f"amqp://guest:guest@127.0.0.1:{self.port}/{name}"

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                pika.BlockingConnection(pika.URLParameters(self.url)).close()
                return
            except (pika.exceptions.AMQPError, OSError):
                if self.process is None or self.process.poll() is not None:
                    break
                time.sleep(0.3)
        raise RuntimeError((self.folder / "rabbit.out").read_text()[-2000:])


_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin:/sbin:/bin"


# Reading every plugin's description takes two thirds of the start (measured 17 s against 6 s).
_APPLICATIONS = frozenset(
    (
        "aten",
        "base",
        "url",
        "credentials_obfuscation",
        "cuttlefish",
        "enough",
        "gen_batch_server",
        "getopt",
        "jsx",
        "observer_cli",
        "osiris",
        "ra",
        "rabbit",
        "rabbit_common",
        "rabbitmq_prelaunch",
        "ranch",
        "recon",
        "seshat",
        "stdout_formatter",
        "syslog",
        "sysmon_handler",
        "systemd",
    )
)


def _link_applications(folder: Path) -> None:
    """Give the node only the applications it needs."""
    if folder.exists():
        return
    folder.mkdir()
    shipped = sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/plugins"))[-1]
    for application in shipped.iterdir():
        if application.name.rpartition("-")[0] in _APPLICATIONS:
            (folder / application.name).symlink_to(application)


def _server() -> str:
    """Debian's own script; the one in /usr/sbin changes users and folders."""
    return _script("rabbitmq-server")


def _control() -> str:
    return _script("rabbitmqctl")


def _script(name: str) -> str:
    direct = Path("/usr/lib/rabbitmq/bin") / name
    return str(direct) if direct.exists() else name
