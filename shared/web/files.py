"""Static files under an address that is their hash, so a browser may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from shared.web.audience import audience
from shared.web.headers import keep_for_ever

_HERE = Path(__file__).parent
SHARED_FOLDERS = {"": _HERE / "static", "js": _HERE / "js"}
_SERVED = frozenset({".css", ".js", ".json", ".mjs", ".svg", ".png", ".woff2", ".txt", ".wasm"})
_TEXTS = frozenset({".css", ".js", ".json", ".mjs", ".svg", ".txt"})


def digest_of(folders: Mapping[str, Path]) -> str:
    """12 hex digits over the names and bytes of every served file in `folders`."""
    total = hashlib.sha256()
    for prefix, folder in sorted(folders.items()):
        for path in sorted(folder.rglob("*")):
            if path.suffix in _SERVED and path.is_file():
                total.update(f"{prefix}/{path.relative_to(folder)}\0".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]


def static_pages(folders: Mapping[str, Path]) -> Blueprint:
    """`/static/<digest>/<name>`; templates write `{{ static("js/seal.js") }}`.

    `folders` maps the first part of a name to its folder; "" is the default. One digest for all
    keeps relative imports between modules under the same address.
    """
    digest = digest_of(folders)
    pages = Blueprint("static_files", __name__)

    @pages.get("/static/<asked>/<path:name>")
    @audience("public")
    def send(asked: str, name: str) -> ResponseReturnValue:
        prefix, _, rest = name.partition("/")
        folder, name = (folders[prefix], rest) if prefix in folders else (folders[""], name)
        if Path(name).suffix not in _SERVED:
            abort(404)
        answer = send_from_directory(folder, name, etag=False)
        del answer.headers["Last-Modified"]
        if Path(name).suffix in _TEXTS:
            _pack(answer)
        if asked == digest:
            keep_for_ever()
        return answer

    def static(name: str) -> str:
        return url_for("static_files.send", asked=digest, name=name)

    pages.add_app_template_global(static, "static")
    return pages


def _pack(answer: Response) -> None:
    """Compress a static text for whoever takes gzip; pages are shared.web.packing's."""
    answer.vary.add("Accept-Encoding")
    if answer.status_code == 200 and request.accept_encodings["gzip"] > 0:
        answer.direct_passthrough = False
        answer.set_data(_packed(answer.get_data()))
        answer.content_encoding = "gzip"


@lru_cache(maxsize=128)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)
