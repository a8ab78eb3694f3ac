"""A country's cases for the desk's figures: what a copy of one case has of its own, in SQL.

The n-th of `count` cases came n steps ago, spread over 390 days. A city's inspectorate has 1.5 of a
hundred (15,000 of a million), the national desk 5, the other units share the rest. Seven of ten
have ended; four of a hundred are hidden from the unit above the chosen one and from another; places
and services differ. A case has 4 moves when it ended, 1 to 4 clocks of which one of 17 was missed,
and FACTS facts.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Connection

from services.triage.actions.seed_demo import enrol
from services.triage.store.people import add_person
from services.triage.store.reporting import withdrawal
from services.triage.store.tables import (
    case,
    case_candidate,
    clock,
    move,
    person_tie,
    rating,
    road,
)
from services.triage.store.waves import wave_case
from shared.rulebook import load
from tests.bench.many import ID, Values, copy, insert
from tests.service.triage.desk import DEPLOYMENT, UNIT, passphrase

NATIONAL = "meja-nasional"
HEAD = "laras"  # a supervisor there
ABOVE = "inspektorat-sumsel"  # excluded from four of a hundred cases of UNIT
FACTS = 5
DAYS = 390
K = "(n / 200)"  # says what a case is like, apart from its unit
ENDED = f"({K} % 10 < 7)"
HIDDEN = f"({K} % 25 = 3)"
OPEN_STATES = "received verifying assigned investigating waiting_reporter reporter_response"
_TIME = "timestamptz"


class Country:
    """The SQL of each column; `n` is the number of the copy."""

    def __init__(self, count: int, now: datetime) -> None:
        rules = load()
        units = [unit.id for unit in rules.units if unit.id not in (UNIT, NATIONAL)]
        places = [code for code in rules.regions.by_code if len(code) == 5]
        self.count = count
        self.now = f"CAST('{now.isoformat()}' AS {_TIME})"
        self.opened_at = f"({self.now} - n * interval '{DAYS * 86400 / count} seconds')"
        self.unit = (
            f"(CASE WHEN n % 200 < 3 THEN '{UNIT}' WHEN n % 200 < 13 THEN '{NATIONAL}' "
            f"ELSE {_one_of(units, 'n')} END)"
        )
        self.service = _one_of(list(rules.services), f"{K} / 3 + n")
        self.region = (
            f"(CASE WHEN n % 200 < 3 THEN '16.71.' || lpad(CAST(1 + {K} % 18 AS text), 2, '0') "
            f"ELSE {_one_of(places, 'n')} END)"
        )
        ended = f"CASE WHEN {K} % 100 = 6 THEN 'rejected' ELSE 'closed' END"
        self.state = (
            f"(CASE WHEN {ENDED} THEN {ended} ELSE {_one_of(OPEN_STATES.split(), f'{K} / 10')} END)"
        )
        self.ended_at = (
            f"LEAST({self.now} - interval '1 hour', "
            f"{self.opened_at} + (5 + {K} % 40) * interval '1 day')"
        )
        is_late = f"{K} / 10 % 20 = 0"
        self.due_at = (
            f"(CASE WHEN {ENDED} THEN CAST('9999-12-31 00:00Z' AS {_TIME}) "
            f"WHEN {is_late} THEN {self.now} - (n % 40) * interval '3 hours' "
            f"ELSE {self.now} + n * interval '{90 * 86400 / count} seconds' END)"
        )

    def case(self) -> Values:
        """Columns of `case`."""
        disclosed = (
            'replace(replace(disclosed, \'"service":"kependudukan"\', '
            f'\'"service":"\' || {self.service} || \'"\'), \'"region":"16.71"\', '
            f"'\"region\":\"' || {self.region} || '\"')"
        )
        holders = f"(ARRAY['rani', 'tirta', NULL])[1 + {K} % 3]"
        return {
            "id": ID,
            "number": "'KTG-2026-10-' || lpad(CAST(n AS text), 10, '0')",
            "box": "''",  # 2 KB that nobody reads
            "unit": self.unit,
            "state": self.state,
            "priority": f"'P' || CAST(1 + {K} % 4 AS text)",
            "holder": f"CASE WHEN {self.state} IN ('received', 'verifying') "
            f"THEN NULL ELSE {holders} END",
            "opened_at": self.opened_at,
            "ended_at": f"CASE WHEN {ENDED} THEN {self.ended_at} END",
            "due_at": self.due_at,
            "disclosed": disclosed,
            "service": self.service,
            "region": self.region,
            "cluster": f"'dukcapil:' || left({self.region}, 5) || ':' || {self.service}",
        }


def fill(connection: Connection, id: str, count: int, now: datetime) -> None:
    """Every table the desk's pages read."""
    land = Country(count, now)
    copy(connection, case, id, count, land.case())
    elsewhere = _one_of([unit.id for unit in load().units], "n * 7 + place * 11")
    copy(
        connection,
        case_candidate,
        id,
        count,
        {
            "case": ID,
            "unit": f"CASE WHEN n % 200 < 3 THEN unit ELSE {elsewhere} END",
            "excluded": f"{HIDDEN} AND place IN (1, 4)",
        },
    )
    _clocks(connection, land)
    _moves(connection, land)
    _facts(connection, id, land)
    _reporters(connection, land)
    _people(connection)


def _people(connection: Connection) -> None:
    """HEAD looks after the largest unit; kin of rani's and bagus's serve above their own."""
    head = {"name": HEAD, "title": "Laras H.", "unit": NATIONAL, "role": "supervisor"}
    made = enrol({**head, "passphrase": passphrase(HEAD)}, DEPLOYMENT)
    add_person(connection, made.who, made.keys, made.ties)
    connection.execute(
        person_tie.insert(), [{"person": name, "unit": ABOVE} for name in ("rani", "bagus")]
    )


def _clocks(connection: Connection, land: Country) -> None:
    """Verification, acceptance, plan and final answer, as far as the case has come."""
    later = "('verify', 0, 3, 0), ('accept', 2, 3, 2), ('plan', 4, 8, 3), ('final', 0, 60, 0)"
    reached = f"CASE {land.state} WHEN 'received' THEN 1 WHEN 'verifying' THEN 1 ELSE 3 END"
    began = f"{land.opened_at} + begins * interval '1 day'"
    runs = f"(NOT {ENDED} AND (name = 'final' OR ({reached} = 1 AND name = 'verify')))"
    missed = f"(({K} + begins) % 17 = 0)"
    values = {
        "case": ID,
        "unit": land.unit,
        "name": "name",
        "round": "0",
        "started_at": began,
        "due_at": f"CASE WHEN {runs} THEN {land.due_at} "
        f"ELSE {began} + lasts * interval '1 day' END",
        "stopped_at": f"CASE WHEN {runs} THEN NULL ELSE "
        f"LEAST({land.now}, {began} + (lasts + {K} % 3 - 2) * interval '1 day') END",
        "breached_at": f"CASE WHEN {missed} THEN LEAST({land.now}, {began} + lasts * "
        "interval '1 day') END",
        "limit": "'3wd'",
        "spent_seconds": "0",
        "stage": f"CASE WHEN {missed} THEN 3 ELSE 0 END",
        "next_at": f"CASE WHEN {runs} AND NOT {missed} THEN {land.due_at} + interval '1 year' END",
    }
    source = (
        f"FROM generate_series(1, {land.count}) AS n, "
        f"(VALUES {later}) AS clocks (name, begins, lasts, least) WHERE least < {reached} + 1"
    )
    insert(connection, clock, values, source)


def _moves(connection: Connection, land: Country) -> None:
    """The road to where the case is; one of 50 that ended was opened again before."""
    state = land.state
    begun = f"{state} <> 'received'"
    taken = f"({state} NOT IN ('received', 'verifying'))"
    examined = f"({taken} AND {state} <> 'assigned')"
    again = f"({ENDED} AND {K} % 50 = 1)"
    steps = [
        ("0", "received", "'verifying'", f"{land.opened_at} + interval '1 day'", begun),
        ("1", "verifying", "'assigned'", f"{land.opened_at} + interval '2 days'", taken),
        ("2", "assigned", "'investigating'", f"{land.opened_at} + interval '4 days'", examined),
        ("3", "investigating", state, land.ended_at, f"{examined} AND {state} <> 'investigating'"),
        ("4", "closed", "'reopened'", f"{land.ended_at} + interval '1 minute'", again),
        ("5", "reopened", "'closed'", f"{land.ended_at} + interval '2 minutes'", again),
    ]
    for seq, from_state, to_state, at, where in steps:
        values = {"case": ID, "unit": land.unit, "seq": seq, "from_state": f"'{from_state}'"}
        values |= {"to_state": to_state, "at": at, "by": "'rani'", "outcome": "''"}
        values |= {"actions": "'[]'", "reason": "''"}
        insert(
            connection, move, values, f"FROM generate_series(1, {land.count}) AS n WHERE {where}"
        )


def _facts(connection: Connection, id: str, land: Country) -> None:
    """The facts of the case over the road, and one more: somebody read the story."""
    by = f"(ARRAY['rani', 'tirta', 'bagus', 'sari'])[1 + {K} % 4]"
    fact = road.fact
    values = {
        "id": "'00000000-0000-4000-9' || lpad(to_hex(k), 3, '0') || '-' || "
        "lpad(to_hex(n), 12, '0')",
        "type": "type",
        "version": "version",
        "at": f"{land.opened_at} + k * interval '1 minute'",
        "source": "source",
        "subject": ID,
        "by": f"CASE WHEN type = 'case.read' THEN {by} ELSE by END",
        "payload": "payload",
        "body": "CAST('' AS bytea)",
        "entry": "CAST('' AS bytea)",
        "private": "private",
        "sent": "true",
    }
    source = (
        "FROM (SELECT type, version, source, by, payload, private, "
        "row_number() OVER (ORDER BY position) AS k FROM fact "
        f"WHERE subject = '{id}' UNION ALL SELECT 'case.read', 1, 'triage', NULL, "
        f'\'{{"what":"story"}}\', true, {FACTS}) AS fact, generate_series({land.count}, 1, -1) n'
    )
    insert(connection, fact, values, source)


def _reporters(connection: Connection, land: Country) -> None:
    """Stars, a wave of 200 reports in a hundred times as many, withdrawals that wait."""
    every = f"FROM generate_series(1, {land.count}) AS n WHERE "
    stars = {"case": ID, "unit": land.unit, "round": "1", "is_solved": f"{K} % 3 = 0"}
    stars |= {"stars": f"1 + {K} % 5", "at": f"{land.ended_at} + interval '1 minute'"}
    insert(connection, rating, stars, f"{every} {ENDED} AND {K} % 8 = 0")
    wave = {"case": ID, "wave": ID.replace("to_hex(n)", f"to_hex({K} * 200)")}
    insert(connection, wave_case, wave, f"{every} {K} % 100 = 5")
    asked = {"case": ID, "round": "1", "pressed": "'no'"}
    asked |= {"asked_at": f"{land.opened_at} + interval '2 days'"}
    insert(connection, withdrawal, asked, f"{every} {K} % 400 = 8")


def _one_of(words: list[str], which: str) -> str:
    """The word of this number, round and round."""
    listed = ",".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + ({which}) % {len(words)}]"
