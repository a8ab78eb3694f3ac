// @ts-check
// Evidence: fetched sealed, opened here, handed to the person as a file or shown in a frame of its own.
import { openAttachment } from "../../../../shared/web/js/seal.js";
import { get } from "./opening.js";
import { framed, isShowable } from "./bingkai.js";
import { element, part, sentence } from "./page.js";

/** @typedef {import("../../../../shared/web/js/record.js").Attachment} Attachment */

/** @type {Record<string, string>} */
const ENDINGS = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "application/pdf": "pdf",
  "video/mp4": "mp4",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "text/plain": "txt",
};
/** @type {Set<string>} */
const links = new Set();

/** @param {Attachment[]} attachments from the opened complaint */
export function offerEvidence(attachments) {
  const list = document.getElementById("bukti");
  if (!list) return;
  list.replaceChildren(
    ...attachments.map((one, index) => {
      const ending = ENDINGS[one.media] ?? "bin";
      const name = `${list.dataset.nomor}-${index + 1}.${ending}`;
      const row = element("li");
      const size = `${Math.max(1, Math.round(one.size / 1024))}`;
      const button = element("button", sentence("unduh", { nama: name, kb: size }), "tbl");
      button.setAttribute("type", "button");
      button.addEventListener("click", () => void hand(row, one, name));
      row.append(button);
      if (isShowable(one.media)) row.append(viewer(row, one, name));
      if (one.media === "application/pdf")
        row.append(element("p", sentence("pdf_berkas"), "kecil redup"));
      return row;
    }),
  );
}

/** @param {Attachment} one @returns {Promise<Blob>} the file itself, of no type a browser runs */
async function opened(one) {
  const answer = await get(`${part("bukti").dataset.alamat}${one.sha256}`);
  const content = await openAttachment(new Uint8Array(await answer.arrayBuffer()), one);
  return new Blob([new Uint8Array(content)], { type: "application/octet-stream" });
}

/** @param {Blob} content @returns {string} */
function linkTo(content) {
  const url = URL.createObjectURL(content);
  links.add(url);
  return url;
}

/** @param {HTMLElement} row @param {Attachment} one @param {string} name */
function viewer(row, one, name) {
  const button = /** @type {HTMLButtonElement} */ (
    element("button", sentence("lihat", { nama: name }), "tbl k")
  );
  button.type = "button";
  button.addEventListener("click", () => void show());
  return button;

  async function show() {
    button.disabled = true;
    try {
      row.append(await framed(await opened(one), one.media, name, linkTo));
      button.remove();
    } catch {
      button.disabled = false;
      row.append(element("p", sentence("bukti_gagal"), "galat"));
    }
  }
}

/** @param {HTMLElement} row @param {Attachment} one @param {string} name */
async function hand(row, one, name) {
  const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
  button.disabled = true;
  try {
    const link = /** @type {HTMLAnchorElement} */ (element("a", sentence("simpan", { nama: name })));
    link.href = linkTo(await opened(one));
    link.download = name;
    button.replaceWith(link);
    link.focus();
    link.click();
  } catch {
    button.disabled = false;
    row.append(element("p", sentence("bukti_gagal"), "galat"));
  }
}

/** Take every decrypted file back. */
export function forgetEvidence() {
  for (const link of links) URL.revokeObjectURL(link);
  links.clear();
  document.getElementById("bukti")?.replaceChildren();
}
