// @ts-check
// The queue by keyboard: / search, j k along the cases, Enter opens, a assigns, ? this list.
// Letters alone are shortcuts only while they are switched on (WCAG 2.1.4), and never in a field.
import { part } from "./page.js";

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("pintasan"));
const opener = part("buka-pintasan");
/** @type {NodeListOf<HTMLAnchorElement>} */
const links = document.querySelectorAll(".antrean th a");
const isOn = "menyala" in dialog.dataset;

/** @param {number} by one row on or back from the focused one; the first from elsewhere */
function step(by) {
  const here = [...links].findIndex((link) => link === document.activeElement);
  const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1);
  links[next]?.focus();
}

function assign() {
  const link = [...links].find((one) => one === document.activeElement);
  if (link) location.assign(`${link.pathname}/pindah?ke=assigned`);
}

/** @type {Record<string, () => void>} */
const KEYS = {
  "/": () => part("cari").focus(),
  j: () => step(1),
  k: () => step(-1),
  a: assign,
  "?": () => dialog.showModal(),
};

addEventListener("keydown", (event) => {
  const { target, key } = event;
  const isTyping = target instanceof Element && target.closest("input, select, textarea");
  if (!isOn || isTyping || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
});
opener.addEventListener("click", () => dialog.showModal());
opener.hidden = false;
