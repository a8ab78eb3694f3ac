"""How soon a case must be looked at, from disclosed facts only; it never rejects anything.

Points, bands and raises: domain.md, Urgency (our decision, checked 2026-11-21).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.triage.domain.risk import readiness_of, risk_of
from shared.rulebook.disclosed import Disclosed
from shared.rulebook.regions import zone_info
from shared.rulebook.rulebook import Rulebook

BANDS = ((65, "P1"), (45, "P2"), (20, "P3"), (0, "P4"))
MONEY = ((50_000, 2), (250_000, 4), (1_000_000, 7), (5_000_000, 10), (50_000_000, 13))
MONEY_MOST = 15
ALL_VICTIMS_LESS = 2
PATTERN = ((5, 15), (3, 10), (2, 5))  # distinct reports, same office and service, 90 days
CROWD = ((10, 5), (3, 2))  # victims
PATTERN_MOST = 15
ESSENTIAL, VULNERABLE_EACH, VULNERABLE_MOST = 8, 4, 7
EVIDENCE_MOST = 5
SOON, THIS_WEEK = timedelta(hours=48), timedelta(days=7)


@dataclass(frozen=True)
class Urgency:
    """`score` 0-100 and its `components`; `raises` name why `priority` is P1 in spite of them.

    `readiness` (how provable) and `risk` (how to handle the reporter), 0-100, never mix with it.
    """

    score: int
    priority: str
    components: Mapping[str, int]
    raises: tuple[str, ...]
    readiness: int
    risk: int
    risk_components: Mapping[str, int]


def assess(
    rulebook: Rulebook,
    disclosed: Disclosed,
    *,
    at: datetime,
    reports_90d: int = 1,
    retaliated: bool = False,
) -> Urgency:
    """`at` UTC; `reports_90d` counts distinct reports on this office and service, this one too."""
    components = {
        "coercion": rulebook.codes["coercion"][disclosed.coercion].value,
        "time": _time(rulebook, disclosed, at),
        "victim": _victim(rulebook, disclosed),
        "money": _money(rulebook, disclosed, at),
        "pattern": _pattern(_victims(rulebook, disclosed), reports_90d),
        "evidence": min(len(disclosed.evidence), EVIDENCE_MOST),
    }
    score = min(sum(components.values()), 100)
    raises = _raises(disclosed, at, retaliated)
    risk = risk_of(rulebook, disclosed)
    return Urgency(
        score=score,
        priority="P1" if raises else _band(score),
        components=components,
        raises=raises,
        readiness=readiness_of(rulebook, disclosed),
        risk=min(sum(risk.values()), 100),
        risk_components=risk,
    )


def one_higher(priority: str) -> str:
    """What a route with `bump` makes of it: P3 → P2, P1 stays."""
    return f"P{max(int(priority[1:]) - 1, 1)}"


def _band(score: int) -> str:
    return next(priority for least, priority in BANDS if score >= least)


def _time(rulebook: Rulebook, disclosed: Disclosed, at: datetime) -> int:
    timing = rulebook.codes["timing"]
    points = timing[disclosed.timing].value
    if _handover_within(disclosed, at, SOON):
        return max(points, timing["le48h"].value)
    if _handover_within(disclosed, at, THIS_WEEK):
        return max(points, timing["le7d"].value)
    return points


def _victim(rulebook: Rulebook, disclosed: Disclosed) -> int:
    essential = ESSENTIAL if rulebook.services[disclosed.service].essential else 0
    return essential + min(len(disclosed.vulnerable) * VULNERABLE_EACH, VULNERABLE_MOST)


def _money(rulebook: Rulebook, disclosed: Disclosed, at: datetime) -> int:
    """The larger of the single sum and (sum x victims) - 2; nothing asked above tariff is 0."""
    zone = zone_info(rulebook.regions.zone(disclosed.region))
    day = disclosed.day or at.astimezone(zone).date()
    official = rulebook.least_official(disclosed.service, region=disclosed.region, on=day)
    above = max(disclosed.asked or 0, disclosed.paid or 0) - official
    if above <= 0:
        return 0
    together = _sum_points(above * _victims(rulebook, disclosed)) - ALL_VICTIMS_LESS
    return max(_sum_points(above), together)


def _sum_points(rupiah: int) -> int:
    return next((points for below, points in MONEY if rupiah < below), MONEY_MOST)


def _victims(rulebook: Rulebook, disclosed: Disclosed) -> int:
    """At least this many: the floor of the disclosed class."""
    return rulebook.codes["victims"][disclosed.victims].value


def _pattern(victims: int, reports_90d: int) -> int:
    repeated = next((points for least, points in PATTERN if reports_90d >= least), 0)
    crowd = next((points for least, points in CROWD if victims >= least), 0)
    return min(repeated + crowd, PATTERN_MOST)


def _raises(disclosed: Disclosed, at: datetime, retaliated: bool) -> tuple[str, ...]:
    soon = disclosed.timing == "le48h"
    withheld = disclosed.coercion in ("withhold", "denial")
    owed = not disclosed.paid or disclosed.paid < (disclosed.asked or 0)
    handover = soon or _handover_within(disclosed, at, SOON)
    holds = {
        "violence": disclosed.coercion == "violence",
        "health_withheld": disclosed.service == "kesehatan" and withheld and soon,
        "caught_in_the_act": handover and owed and bool(disclosed.evidence),
        "retaliation": retaliated,
    }
    return tuple(name for name, is_so in holds.items() if is_so)


def _handover_within(disclosed: Disclosed, at: datetime, span: timedelta) -> bool:
    """An hour is disclosed, not a minute: the whole hour counts as still to come."""
    if disclosed.handover_at is None:
        return False
    left = disclosed.handover_at - at
    return -timedelta(hours=1) < left <= span
