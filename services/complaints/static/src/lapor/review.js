// @ts-check
// Step 8: what was answered, read off the form's own labels, with a way back to each step.

import { element, sentence } from "../words.js";
import { at } from "./page.js";

const NOT_SHOWN = new Set(["search", "pilih"]);

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @param {Element | null | undefined} place @returns {string} its own words, without the hint below */
const labelOf = (place) => (place?.querySelector("b") ?? place)?.textContent?.trim() ?? "";

/** @param {Control} control @returns {string} "" when nothing was chosen or typed */
function saidIn(control) {
  if (control instanceof HTMLSelectElement)
    return control.value ? (control.selectedOptions[0]?.textContent ?? "") : "";
  const isTick = control.type === "radio" || control.type === "checkbox";
  if (control.type === "file") return control.dataset.dipilih ?? "";
  if (!isTick) return control.value.trim();
  if (!(/** @type {HTMLInputElement} */ (control).checked)) return "";
  const [span] = control.labels?.[0]?.getElementsByTagName("span") ?? [];
  return span?.firstChild?.textContent?.trim() ?? "";
}

/** @param {Control} control */
function questionOf(control) {
  const isTick = control.type === "radio" || control.type === "checkbox";
  return isTick
    ? labelOf(control.closest("fieldset")?.querySelector("legend"))
    : labelOf(control.labels?.[0]);
}

/** @param {HTMLElement} section @returns {Map<string, string[]>} question → what was said */
function answersIn(section) {
  const controls = /** @type {Control[]} */ (
    Array.from(section.querySelectorAll("input, select, textarea"))
  );
  /** @type {Map<string, string[]>} */
  const answers = new Map();
  for (const control of controls) {
    const isRegion = control.name === "found";
    if (!control.name || NOT_SHOWN.has(control.name)) continue;
    if (control.type === "hidden" && !isRegion) continue;
    const said = isRegion ? (control.dataset.path ?? "") : saidIn(control);
    if (!said) continue;
    const question = isRegion ? sentence("field_region") : questionOf(control);
    answers.set(question, [...(answers.get(question) ?? []), said]);
  }
  const files = Array.from(section.querySelectorAll("[data-berkas] li > span"), labelOf);
  if (files.length > 0) answers.set(sentence("berkas"), files);
  return answers;
}

/** @param {HTMLElement[]} sections without the last @param {(step: number) => void} lead */
export function showAnswers(sections, lead) {
  const blocks = sections.map((section, i) => {
    const title = section.dataset.judul ?? "";
    const block = element("section", "", "tinjau");
    const head = element("h2", title, "anak");
    const change = element("button", sentence("ubah"), "ubah");
    change.setAttribute("type", "button");
    change.append(element("span", `: ${title}`, "sr"));
    change.addEventListener("click", () => lead(i + 1));
    const list = element("dl");
    for (const [question, said] of answersIn(section)) {
      const row = element("div");
      row.append(element("dt", question), element("dd", said.join(", ")));
      list.append(row);
    }
    block.append(head, change, list.children.length > 0 ? list : element("p", sentence("kosong"), "redup"));
    return block;
  });
  at("isian").replaceChildren(...blocks);
}
