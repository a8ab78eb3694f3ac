// @ts-check
// What is wrong with the form: a summary above the heading, and the sentence beside the field.

import { element, sentence } from "../words.js";
import { at } from "./page.js";

/** @typedef {{field: string | null, message: string}} Shown */
/** @typedef {import("./reading.js").Fault} Fault */

/** @param {Fault[]} faults @returns {Shown[]} in the reader's language */
export const told = (faults) =>
  faults.map(({ code, field }) => ({ field, message: sentence(code) || sentence("gagal") }));

/** The server names a fact below "disclosed". @param {string | null} field */
const ownName = (field) => (field ?? "").replace(/^disclosed\./, "").split(".")[0];

/** @param {Shown} left @param {Shown} right as they stand in the page; what has no field comes first */
function inPageOrder(left, right) {
  const [one, two] = [left, right].map(({ field }) => document.getElementById(`f-${ownName(field)}`));
  if (!one || !two) return Number(Boolean(one)) - Number(Boolean(two));
  return one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : Number(one !== two);
}

/** Takes away what stood of the last look. */
export function clearFaults() {
  at("ringkasan").hidden = true;
  for (const one of document.querySelectorAll("#laporan .pesan")) one.remove();
  for (const one of document.querySelectorAll("#laporan .salah")) one.classList.remove("salah");
  for (const one of document.querySelectorAll("#laporan [aria-invalid]")) {
    one.removeAttribute("aria-invalid");
    const left = (one.getAttribute("aria-describedby") ?? "").replace(/ ?g-\S+/, "");
    one.setAttribute("aria-describedby", left);
    if (!left) one.removeAttribute("aria-describedby");
  }
}

/**
 * Shows them all and moves the focus to the summary.
 * @param {Shown[]} faults never empty @param {(field: string) => void} lead goes to a field
 */
export function showFaults(faults, lead) {
  clearFaults();
  const list = [...faults].sort(inPageOrder).map(({ field, message }) => {
    const name = ownName(field);
    const item = element("li");
    if (!mark(name, message)) {
      item.textContent = message;
      return item;
    }
    const label = sentence(`field_${name}`);
    const between = label.endsWith("?") ? " " : ": ";
    const link = /** @type {HTMLAnchorElement} */ (
      element("a", label ? label + between + message : message)
    );
    link.href = `#f-${name}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      lead(name);
    });
    item.append(link);
    return item;
  });
  const summary = at("ringkasan");
  summary.querySelector("ul")?.replaceChildren(...list);
  summary.hidden = false;
  summary.focus();
}

/** @param {string} name @param {string} message @returns {boolean} whether there is such a field */
function mark(name, message) {
  const field = name ? document.getElementById(`f-${name}`) : null;
  if (!field) return false;
  const row = field.closest(".isi") ?? field;
  const said = element("p", message, "pesan");
  said.id = `g-${name}`;
  row.classList.add("salah");
  const head = row.querySelector(":scope > [id^='h-'], :scope > legend, :scope > label");
  const hint = row.querySelector(":scope > [id^='h-']") ?? head;
  if (hint) hint.after(said);
  else row.prepend(said);
  const described = field.getAttribute("aria-describedby");
  field.setAttribute("aria-describedby", described ? `${described} ${said.id}` : said.id);
  field.setAttribute("aria-invalid", "true");
  return true;
}
