"""What is to be seen on each page: findings of axe-core, widths, headers, cookies, stores."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.people import Person
from tests.browser.walk import walk

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
WIDTHS = (1280, 320)
NARROW = (320, 360, 480, 768, 1024)
SCHEMES = ("light", "dark")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FIND = """rules => axe.run(document, {runOnly: rules, resultTypes: ["violations"]})
  .then(found => found.violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary}`)))"""
_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const right = one => Math.round(one.getBoundingClientRect().right);
  return [...document.querySelectorAll("body *")].filter(one => right(one) > width)
    .map(one => `${one.tagName} ${one.className} ends at ${right(one)}`);
}"""
_STORES = """async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker?.getRegistrations() ?? []).length,
  caches: (await globalThis.caches?.keys() ?? []).length,
})"""


@dataclass
class Seen:
    """One page of the walk. Lists are empty where all is well."""

    url: str
    status: int
    headers: dict[str, str]
    cookies: list[dict[str, Any]]
    stores: dict[str, int]
    said: list[str]
    hosts: set[str]
    host: str
    axe: dict[str, list[str]] = field(default_factory=dict)
    overflow: list[str] = field(default_factory=list)


def look_round(browser: Browser, table: dict[str, Any]) -> dict[str, Seen]:
    """Walk past every page once; by the name of tests.browser.walk.PAGES."""
    found = {}
    for name, person in walk(browser, table):
        found[name] = look(person)
        measure(person.page, found[name])
    return found


def look(person: Person) -> Seen:
    """Before axe is let in: what the page itself did and said since the last look."""
    page, notes = person.page, person.notes
    page.wait_for_load_state()
    documents = [answer for answer in notes.responses if answer.request.resource_type == "document"]
    seen = Seen(
        url=page.url,
        status=documents[-1].status,
        headers=documents[-1].all_headers(),
        cookies=[dict(cookie) for cookie in person.context.cookies(page.url)],
        stores=page.evaluate(_STORES),
        said=list(notes.complaints),
        hosts=notes.hosts(),
        host=page.url.split("/")[2],
    )
    notes.complaints.clear()
    return seen


def measure(page: Page, seen: Seen) -> None:
    """What axe-core finds and what sticks out, in every scheme and width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            seen.axe[f"{width} px, {scheme}"] = findings(page)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        seen.overflow += [f"{width} px: {one}" for one in page.evaluate(_OVERFLOW)]
    page.set_viewport_size({"width": 1280, "height": 800})


def findings(page: Page) -> list[str]:
    """What axe-core has against the page as it stands."""
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_FIND, _RULES)
    return found
