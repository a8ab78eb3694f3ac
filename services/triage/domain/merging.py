"""Which cases may be worked together, and until when they may be parted again."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.triage.domain.states import STATES
from shared.runtime.errors import Conflict, Refused

UNDO = timedelta(days=14)  # domain.md, Lifecycle


class NotTheMainCase(Refused):
    """Kasus itu tidak dapat menjadi kasus utama. Pilih kasus lain yang terbuka di unit ini."""

    code = "not_the_main_case"


class MainHiddenFromSome(Refused):
    """Kasus utama tertutup bagi orang yang boleh melihat kasus ini. Tukar: gabungkan kasus itu ke
    sini, atau biarkan keduanya dalam satu berkas."""

    code = "main_hidden_from_some"


class OthersFollow(Conflict):
    """Ada kasus yang digabung ke kasus ini. Pisahkan dulu, lalu gabungkan masing-masing."""

    code = "others_follow"


@dataclass(frozen=True)
class Side:
    """A case as merging sees it; `excluded` are the units it is hidden from."""

    case: str
    state: str
    excluded: frozenset[str]
    followers: int = 0


def check_merge(one: Side, main: Side) -> None:
    """Raises OthersFollow, NotTheMainCase, MainHiddenFromSome.

    Whoever may see the merged case learns that a main case exists, so the main case may be hidden
    from nobody else.
    """
    if one.followers:
        raise OthersFollow("utama")
    if one.case == main.case or not STATES[main.state].is_open:
        raise NotTheMainCase("utama")
    if not may_lead(one.excluded, main.excluded):
        raise MainHiddenFromSome("utama")


def may_lead(of_one: Set[str], of_main: Set[str]) -> bool:
    """Whether everybody who may see the merged case may see the main one."""
    return of_main <= of_one


def undo_until(merged_at: datetime) -> datetime:
    """The last instant at which a merger is taken back."""
    return merged_at + UNDO
