"""A complaint's words as their sender seals them, the name for the keeper of the test desk."""

from __future__ import annotations

from typing import Any

from shared.crypto.keeping import Keeper, seal_name


def body_of(desk: Any, case: str, name: str, story: str, box: str) -> dict[str, str]:
    """The body of a complaint's record; `kept` where there is a name."""
    if not name:
        return {"story": story, "box": box}
    keeper, oversight = Keeper("lpsk", 1, desk.unit_recipient("lpsk")), desk.oversight
    kept = seal_name(name, case=case, seq=0, keeper=keeper, oversight=oversight)
    return {"story": story, "box": box, "kept": kept}
