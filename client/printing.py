"""What people read: plain lines, with nothing in them that could steer a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from client.letters import Letter
from client.words import say, state_word, step_word
from shared.crypto import receipt
from shared.rulebook import Rulebook


def harmless(text: str) -> str:
    """Control and direction characters replaced; line ends and tabs stay."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\ufffd" for c in text)


def accepted_lines(
    digits: str, answer: dict[str, Any], rulebook: Rulebook, language: str
) -> list[str]:
    """The receipt page."""
    lines = [
        say(language, "accepted"),
        "",
        "    " + say(language, "receipt") % receipt.group(digits),
        "",
        say(language, "keep"),
        say(language, "desk") % _desk(rulebook, answer.get("desk"), language),
    ]
    for promise in answer.get("promised", []):
        lines.append(_promise(rulebook, promise["step"], promise["by"], language))
    return lines


def mailbox_lines(
    mailbox: dict[str, Any], letters: Sequence[Letter], rulebook: Rulebook, language: str
) -> list[str]:
    """Status, desk, steps with their promises, letters."""
    if mailbox["status"] is None and not mailbox["case"]:
        return [say(language, "empty")]
    status = state_word(language, mailbox["status"] or "received")
    lines = [say(language, "status") % status]
    if mailbox["desk"]:
        lines.append(say(language, "desk") % _desk(rulebook, mailbox["desk"], language))
    for step in mailbox["steps"]:
        late = f" ({say(language, 'late')})" if step["late"] else ""
        word = step_word(language, step["state"], step.get("event"))
        lines.append(f"  {_day(step['on'])}  {word}{late}")
        lines += [f"    {line}" for line in _name(rulebook, step.get("name"), language)]
        for promise in step["promised"]:
            lines.append("    " + _promise(rulebook, promise["clock"], promise["due_on"], language))
    for letter in letters:
        lines += ["", *_letter(letter, language)]
    return [harmless(line) for line in lines]


def _name(rulebook: Rulebook, told: dict[str, Any] | None, language: str) -> list[str]:
    """For what, by what and by whom the reporter's name was asked for, and until when."""
    if not told:
        return []
    names = rulebook.names
    purpose, basis = names.purposes.get(told["purpose"]), names.bases.get(told["basis"])
    law = told["basis"]
    if basis is not None:
        law = f"{basis.in_language(language)} ({basis.legal_basis})"
        law += "" if basis.is_checked else say(language, "name_unchecked")
    who = tuple(_desk(rulebook, told[kind], language) for kind in ("desk", "keeper"))
    lines = [
        say(language, "name_why") % (purpose.in_language(language) if purpose else told["purpose"]),
        say(language, "name_basis") % law,
        say(language, "name_who") % who,
    ]
    return lines + ([say(language, "name_until") % _day(told["until"])] if told["until"] else [])


def _letter(letter: Letter, language: str) -> list[str]:
    title = say(language, "from_you" if letter.direction == "in" else "from_desk")
    fault = say(language, "unopened") % letter.fault
    text = fault if letter.text is None else letter.text
    files = [say(language, "files") % letter.files] if letter.files else []
    files += [say(language, "name_kept")] if letter.is_kept else []
    head = title % (letter.seq, _day(letter.on))
    return [head, *(f"  {line}" for line in [*text.splitlines(), *files])]


def _promise(rulebook: Rulebook, clock: str, by: str, language: str) -> str:
    rule = rulebook.clocks.get(clock)
    name = rule.in_language(language) if rule else clock
    return say(language, "promise") % (name, _day(by))


def _desk(rulebook: Rulebook, kind: str | None, language: str) -> str:
    named = rulebook.units.kinds.get(kind or "")
    return named.in_language(language) if named else str(kind or "-")


def _day(text: str) -> str:
    """ISO date as people here write it: 26/11/2026."""
    try:
        return date.fromisoformat(text[:10]).strftime("%d/%m/%Y")
    except ValueError:
        return text
