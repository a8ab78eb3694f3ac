// @ts-check
// The receipt in the same document: the digits the phone made, dates promised, print, QR code.

import { element, longDate, sentence } from "../words.js";
import { promises } from "./handlers.js";
import { at, show } from "./page.js";

/** @typedef {import("./sending.js").Accepted} Accepted */

let picture = "";

/** @returns {string} by this phone's clock, ISO */
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** @param {string} digits @returns {HTMLElement[]} six groups of four */
export const groups = (digits) => (digits.match(/.{4}/g) ?? []).map((four) => element("li", four));

/**
 * @param {string} digits @param {Accepted} answer @param {boolean} differs
 */
export function showReceipt(digits, answer, differs) {
  const page = at("terima");
  page.querySelector(".kode-angka")?.replaceChildren(...groups(digits));
  at("tercatat").textContent = sentence("tercatat", { hari: longDate(today()) });
  show("lain", differs);
  const passed = answer.excluded
    ? `. ${sentence("dilewati", { jumlah: String(answer.excluded) })}`
    : "";
  const handler = element("div");
  handler.append(
    element("dt", sentence("penangan")),
    element("dd", sentence(`desk_${answer.desk}`) + passed, "kecil redup"),
    element("dd"),
  );
  at("berikut").replaceChildren(...promises(answer.promised, true), handler);
  at("cetak").addEventListener("click", () => print());
  at("qr").addEventListener("click", () => void toggleQr(digits));
  const title = at("judul");
  title.textContent = sentence("terkirim");
  at("tercatat").after(title);
  at("tulis").remove();
  page.hidden = false;
  scrollTo(0, 0);
  title.focus({ preventScroll: true });
}

/** @param {string} digits */
async function toggleQr(digits) {
  const figure = at("gambar-qr");
  if (!picture) {
    const { qrOf } = await import("./qr.js");
    picture = URL.createObjectURL(new Blob([qrOf(digits)], { type: "image/png" }));
    figure.querySelector("img")?.setAttribute("src", picture);
  }
  figure.hidden = !figure.hidden;
  at("qr").setAttribute("aria-expanded", String(!figure.hidden));
}

/** Takes the picture away with the rest. */
export function forgetPicture() {
  if (picture) URL.revokeObjectURL(picture);
  picture = "";
}
