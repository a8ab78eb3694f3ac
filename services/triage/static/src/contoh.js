// @ts-check
// Samples of letters: a start that must be changed, and the letter as the reporter will see it.
import { leftOpen, likeness } from "./likeness.js";
import { element, part, say } from "./page.js";

const TOO_ALIKE = 0.8; // what citizens call "normatif" (our decision, 2026-11-22)
const form = /** @type {HTMLFormElement} */ (document.getElementById("surat"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("isi-surat"));
const choice = /** @type {HTMLSelectElement} */ (document.getElementById("contoh"));
/** @type {{code: string, text: string}[]} */
const samples = JSON.parse(form.dataset.contoh ?? "[]");
let warnedOf = "";

const written = () => text.value.trim();
const closest = () => Math.max(0, ...samples.map((one) => likeness(one.text, written())));

/**
 * @returns {string} the word of what keeps this letter from being sent, "" when nothing does; a
 * letter too much like a sample is held back once
 */
export function sampleFault() {
  const share = closest();
  if (share === 1) return "contoh_utuh";
  if (leftOpen(written())) return "terbuka";
  if (share <= TOO_ALIKE || warnedOf === written()) return "";
  warnedOf = written();
  return "mirip_kirim";
}

/** @returns {Record<string, string>} what the sentence of a fault names */
export const faultParams = () => ({ isian: leftOpen(written()) ?? "" });

/** As the mailbox shows a letter: its text and nothing else. */
function preview() {
  part("pratinjau").hidden = !written();
  part("pratinjau-isi").replaceChildren(element("p", written()));
  const share = closest();
  say("mirip", share > TOO_ALIKE ? "mirip" : "", { persen: `${Math.floor(share * 100)}` });
}

/** @type {ReturnType<typeof setTimeout>} */
let soon;
text.addEventListener("input", () => {
  clearTimeout(soon);
  soon = setTimeout(preview, 250);
});
part("pakai-contoh").addEventListener("click", () => {
  const chosen = samples.find((one) => one.code === choice.value);
  if (!chosen) return choice.focus();
  text.value = written() ? `${written()}\n\n${chosen.text}` : chosen.text;
  text.dispatchEvent(new Event("input"));
  text.focus();
});
addEventListener("pagehide", () => {
  text.value = "";
  part("pratinjau-isi").replaceChildren();
});
