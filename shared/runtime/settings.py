"""Settings: a frozen dataclass read once from a mapping, all faults told at once."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Self

_PLACEHOLDERS = frozenset(
    {"", "changeme", "change-me", "secret", "password", "placeholder", "example", "todo", "xxx"}
)
_NOTHING = object()


class SettingsFault(Exception):
    """Settings that cannot be used; `faults` names each one."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("settings cannot be used:\n" + "\n".join(f"  - {f}" for f in faults))
        self.faults = faults


def setting(
    name: str,
    parse: Callable[[str], Any] = str,
    *,
    default: Any = _NOTHING,
    secret: bool = False,
    help: str = "",
) -> Any:
    """Declare one setting, read from variable `name` (a secret also from the file `name`_FILE).

    `parse` turns the text into the value and raises ValueError with a reason. Without a `default`
    the setting is required. A secret never has a default and never shows in `repr`.
    """
    return dataclasses.field(
        repr=not secret,
        metadata={"name": name, "parse": parse, "default": default, "secret": secret, "help": help},
    )


@dataclasses.dataclass(frozen=True)
class Settings:
    """Base of the settings classes; subclasses are frozen dataclasses of `setting` fields."""

    @classmethod
    def read(cls, env: Mapping[str, str]) -> Self:
        """Read every field from `env`; raises SettingsFault naming all that is wrong."""
        values: dict[str, Any] = {}
        faults: list[str] = []
        for field in dataclasses.fields(cls):
            try:
                values[field.name] = _read(field, env)
            except (ValueError, OSError) as fault:
                faults.append(f"{field.metadata['name']}: {fault}")
        if faults:
            raise SettingsFault(faults)
        return cls(**values)


def _read(field: dataclasses.Field[Any], env: Mapping[str, str]) -> Any:
    name, secret = field.metadata["name"], field.metadata["secret"]
    text = env.get(name)
    if secret and text is None and f"{name}_FILE" in env:
        text = Path(env[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    if text is None:
        if field.metadata["default"] is _NOTHING:
            hint = f" or {name}_FILE" if secret else ""
            raise ValueError(f"is required (set {name}{hint}). {field.metadata['help']}".strip())
        return field.metadata["default"]
    if secret and text.strip().lower() in _PLACEHOLDERS:
        raise ValueError("is a placeholder, not a secret")
    return field.metadata["parse"](text)


def a_port(text: str) -> int:
    """A TCP port, 1 to 65535."""
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError("must be a port from 1 to 65535")
    return port


def a_count(text: str) -> int:
    """A whole number, at least 1."""
    count = int(text)
    if count < 1:
        raise ValueError("must be at least 1")
    return count


def an_address(text: str) -> tuple[str, int]:
    """`host:port` → (host, port)."""
    host, colon, port = text.rpartition(":")
    if not colon or not host:
        raise ValueError("must be host:port")
    return host, a_port(port)


def a_url(text: str) -> str:
    """A URL with a scheme, without the slash at its end."""
    if "://" not in text:
        raise ValueError("must be a URL with its scheme")
    return text.rstrip("/")


def a_key(text: str) -> bytes:
    """32 bytes as 64 hexadecimal digits."""
    key = bytes.fromhex(text)
    if len(key) != 32 or len(set(key)) < 8:
        raise ValueError("must be 32 random bytes as 64 hexadecimal digits")
    return key


def a_path(text: str) -> Path:
    """A path in the file system."""
    return Path(text)
