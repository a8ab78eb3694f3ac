"""Add a task to a case, and turn it done or to be done again."""

from __future__ import annotations

from datetime import date

from services.triage.actions.read_case import known_case
from services.triage.store.people import Person
from services.triage.store.tasks import Task, add_task, tasks_of, turn_task
from shared.contracts.casework import TaskAdded, TaskTurned
from shared.messaging.tx import Tx
from shared.runtime.errors import Conflict, NotFound, Refused

MOST = 50
LONGEST = 80


class UntitledTask(Refused):
    """Pilih tugas dari daftar, atau tulis judul paling panjang %(most)s huruf."""

    code = "untitled_task"


class TooManyTasks(Conflict):
    """Satu kasus paling banyak %(most)s tugas. Selesaikan yang ada dulu."""

    code = "too_many_tasks"


class UnknownTask(NotFound):
    """Tugas ini tidak ada dalam kasus ini."""

    code = "unknown_task"


def add(tx: Tx, who: Person, number: str, *, kind: str, title: str, due_on: date | None) -> None:
    """`kind` is a code of the list; "" with a `title` of one's own, which is not sealed.

    Raises UnknownCase, UntitledTask, TooManyTasks.
    """
    one = known_case(tx, who, number)
    title = "" if kind else title.strip()
    if not kind and not (title and len(title) <= LONGEST and title.isprintable()):
        raise UntitledTask("judul", most=LONGEST)
    standing = tasks_of(tx.connection, one.id)
    if len(standing) >= MOST:
        raise TooManyTasks("judul", most=MOST)
    seq = max((each.seq for each in standing), default=0) + 1
    row = Task(seq, kind, title, due_on, tx.at, who.name, None, None)
    if not add_task(tx.connection, one.id, row):
        raise Conflict("judul")
    tx.record(TaskAdded(seq, kind), subject=one.id, by=who.name)


def turn(tx: Tx, who: Person, number: str, seq: int, *, is_done: bool) -> None:
    """The same again changes nothing. Raises UnknownCase, UnknownTask."""
    one = known_case(tx, who, number)
    if seq not in {each.seq for each in tasks_of(tx.connection, one.id)}:
        raise UnknownTask
    if turn_task(tx.connection, one.id, seq, tx.at if is_done else None, who.name):
        tx.record(TaskTurned(seq, is_done), subject=one.id, by=who.name)
