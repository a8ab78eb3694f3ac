"""The figures as a table for a person."""

from __future__ import annotations

from typing import Any

_LEVEL = "{:<30}{:>8}{:>10}{:>9}{:>9}{:>8}{:>8}{:>10}{:>10}"
_HEAD = ("", "clients", "per s", "p50 ms", "p99 ms", "errors", "cpu ms", "to bare", "to raw")


def table(figures: dict[str, Any]) -> str:
    """Lines of text."""
    machine = figures["machine"]
    lines = [
        f"{machine['at']}  {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_gib']} GiB, PostgreSQL {machine['postgresql']}, "
        f"Python {machine['python']}",
        f"load {machine['load']} before, {machine['load_after']} after; "
        f"{figures['seconds']:g} s a row; gunicorn -w {figures['workers']} "
        f"--threads {figures['threads']}; clients on the same cores",
    ]
    for mode, title in (("servers", "PostgreSQL + RabbitMQ"), ("embedded", "embedded (SQLite)")):
        if mode in figures:
            lines += ["", title, *_mode(figures[mode])]
    return "\n".join([*lines, *_clocks(figures.get("clocks")), *_desk(figures.get("desk"))])


def _desk(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return []
    return [
        "",
        f"{found['cases']} cases ({found['of_unit']} of the unit), {found['facts']} facts; the "
        f"queue to a bare query {found['queue_to_bare']:g}",
        *(_level(f"page: {name}", row) for name, row in found["rows"].items()),
        _level("bare indexed query", found["bare"]),
    ]


def _clocks(found: dict[str, Any] | None) -> list[str]:
    if found is None:
        return []
    return [
        "",
        f"{found['open']} open clocks, PostgreSQL: a tick with nothing due "
        f"{found['empty_tick_ms']:g} ms; finding {found['due']} due {found['finding_ms']:g} ms, "
        f"acting on them {found['acting_ms']:g} ms, {found['left']} left",
        *(f"  {line}" for line in found["plan"]),
    ]


def _mode(found: dict[str, Any]) -> list[str]:
    lines = [_LEVEL.format(*_HEAD)]
    for row in found.get("intake", {}).get("rows", []):
        lines.append(_level("sealed envelope by API", row))
        lines.append(_level("  bare Flask, one row", row["bare"]))
        lines.append(_level("  commits of that row", row["commits"]))
    form = found.get("form", {})
    lines += [_level("last step, server seals", row) for row in form.get("rows", [])]
    if "walk" in form:
        lines.append(_level("  all eight pages, 18 requests", form["walk"]))
    if "town" in found:
        lines.append(_level("by API, all processes at work", found["town"]))
    lines += [
        f"RSS of the web processes after {name}: {found[name]['rss_mib']} MiB"
        for name in ("intake", "form")
        if name in found
    ]
    if "intake" in found:
        intake = found["intake"]
        lines.append(f"body {intake['body_bytes']} bytes, row {intake['row_bytes']} bytes")
    if "visible" in found:
        one = found["visible"]
        lines.append(
            f"submit to visible at {one['per_second']:g}/s: p50 {one['p50_ms']:g} ms, "
            f"p99 {one['p99_ms']:g} ms ({one['seen']} of {one['filed']}, {one['errors']} errors)"
        )
    return lines + [line for name in _LINES for line in _LINES[name](found.get(name))]


def _level(name: str, row: dict[str, Any]) -> str:
    known = ("clients", "per_second", "p50_ms", "p99_ms", "errors")
    cells = (*(row[name] for name in known), row.get("web_cpu_ms", ""))
    ratios = (row.get("to_bare") or "", row.get("to_commits") or "")
    return _LEVEL.format(name, *cells, *ratios)


def _road(one: dict[str, Any] | None) -> list[str]:
    if one is None:
        return []
    return [
        f"road: {one['acted_on']} of {one['filed']} complaints acted on by triage in "
        f"{one['seconds']:g} s: {one['facts_per_second']:g}/s; all services together "
        f"{one['deliveries_per_second']:g} deliveries/s"
    ]


def _alone(one: dict[str, Any] | None) -> list[str]:
    if one is None:
        return []
    line = f"road, an effect that does nothing: {one['facts_per_second']:g} facts/s"
    if "raw_per_second" in one:
        line += (
            f"; raw pika + kombu, {one['raw_bytes']} bytes on a quorum queue: "
            f"{one['raw_per_second']:g}/s; ratio {one['to_raw']}"
        )
    return [line]


def _siege(one: dict[str, Any] | None) -> list[str]:
    if one is None:
        return []
    lines = [f"{one['bots']} bots at once on one way in; honest citizens wait meanwhile:"]
    for name, row in one["rows"].items():
        lines.append(f"  {name}: web {row['web_cores']} cores, load {row['load']}, {row['bots']}")
        for kind in ("phone", "plain"):
            own = row[kind]
            lines.append(
                f"    {kind}: p50 {own['p50_ms']:g} ms, p99 {own['p99_ms']:g} ms of "
                f"{own['waits']}, told {own['told']}"
            )
            if "walks" in own:
                walk, away = own["walk_s"], own["sent_away"]
                lines.append(
                    f"      {own['finished']} of {own['walks']} walks ended with a receipt, p50 "
                    f"{walk['p50']:g} s, longest {walk['longest']:g} s; sent away "
                    f"{away['mean']:g} times, at most {away['most']}"
                )
    return lines


_LINES = {"road": _road, "alone": _alone, "siege": _siege}
