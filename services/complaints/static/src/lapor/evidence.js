// @ts-check
// Step 6 in the phone: files are picked, cleaned and kept in memory; nothing leaves before "Kirim".
//
//   const evidence = createEvidence(section);   // the step's <section>, steps/bukti.html inside
//   evidence.files()                            // what was picked: [{name, media, size}]
//   const files = await evidence.send(sealInParts, (words) => …);   // [{attachment, size}]
//
// `send` seals and uploads one file after another and may be called again after it failed: it goes
// on where it was. Its answer is what compose() of filing.js takes as `files`. A bundle of its own,
// loaded when the step is shown; sealing comes from the other one.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { element } from "../words.js";
import { cleaned } from "./cleaning.js";
import { MOST_BYTES, MOST_FILES } from "./kinds.js";
import { begin, sendFile } from "./upload.js";

/** @typedef {import("./filing.js").SealedFile} SealedFile */
/** @typedef {typeof import("../../../../../shared/web/js/seal.js").sealInParts} Seal */
/**
 * @typedef {object} Picked
 * @property {string} name as its owner knows it; it never leaves the phone
 * @property {string} media
 * @property {number} size
 * @property {Uint8Array<ArrayBuffer>} content empty once it is sent
 * @property {import("./upload.js").Under | null} under
 * @property {boolean} isSent
 */

/** @param {HTMLElement} section */
export function createEvidence(section) {
  const input = /** @type {HTMLInputElement} */ (section.querySelector("input[type=file]"));
  const list = /** @type {HTMLElement} */ (section.querySelector("[data-berkas]"));
  const faults = /** @type {HTMLElement} */ (section.querySelector("[data-berkas-galat]"));
  const status = /** @type {HTMLElement} */ (section.querySelector("[data-berkas-status]"));
  /** @type {Picked[]} */
  let picked = [];
  let working = Promise.resolve();

  /** @param {string} word @param {Record<string, string>} [params] */
  const say = (word, params = {}) => sentence(section, word, params);

  function show() {
    list.replaceChildren(...picked.map(row));
    list.hidden = picked.length === 0;
    input.disabled = picked.length >= MOST_FILES;
    input.dataset.dipilih = picked.map(({ name }) => name).join(", "); // what the review shows
  }

  /** @param {Picked} one */
  function row(one) {
    const item = element("li");
    item.append(element("span", `${one.name} (${sizeWords(one.size)})`));
    const button = element("button", say("hapus"), "tombol garis");
    button.setAttribute("type", "button");
    button.setAttribute("aria-label", say("hapus_nama", { nama: one.name }));
    button.addEventListener("click", () => {
      picked = picked.filter((other) => other !== one);
      show();
      input.focus();
    });
    item.append(button);
    return item;
  }

  /** @param {string} name @param {unknown} fault */
  function tell(name, fault) {
    const code = fault instanceof Refusal ? fault.code : "file_broken";
    faults.append(element("p", `“${name}”: ${say(code)}`, "pesan"));
    faults.classList.add("salah");
    faults.hidden = false;
  }

  /** @param {File[]} files */
  async function take(files) {
    for (const file of files) {
      status.textContent = say("menyiapkan", { nama: file.name });
      try {
        if (picked.length >= MOST_FILES) throw new Refusal("too_many_files");
        const made = await cleaned(await bytesOf(file));
        picked.push({ name: file.name, size: made.content.length, under: null, isSent: false, ...made });
        show();
      } catch (fault) {
        tell(file.name, fault);
      }
    }
    status.textContent = picked.length > 0 ? say("siap", { banyak: `${picked.length}` }) : "";
  }

  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    faults.replaceChildren();
    faults.hidden = true;
    working = working.then(() => take(files));
  });
  show();

  return {
    /** What was picked, once every file is cleaned. */
    files: () => picked.map(({ name, media, size }) => ({ name, media, size })),

    /** Resolves when no file is being cleaned any more. */
    ready: () => working,

    /**
     * Seals and uploads whatever is not there yet. Refuses with upload_cut, evidence_no_room …;
     * `words(code)` is the sentence for it.
     * @param {Seal} seal
     * @param {(words: string) => void} onProgress "Mengirim berkas 2 dari 3, 40 %"
     * @returns {Promise<SealedFile[]>}
     */
    async send(seal, onProgress) {
      await working;
      for (const [index, one] of picked.entries()) {
        if (one.isSent) continue;
        one.under ??= begin(await seal(one.content, one.media));
        const counted = { nomor: `${index + 1}`, banyak: `${picked.length}` };
        /** @param {number} share */
        const progress = (share) =>
          onProgress(say("mengirim", { ...counted, persen: `${Math.floor(share * 100)} %` }));
        progress(one.under.sent / one.under.sealed.sizeBytes);
        await sendFile(one.under, progress);
        one.content = new Uint8Array(0);
        one.isSent = true;
      }
      return picked.flatMap(({ under }) =>
        under ? [{ attachment: under.sealed.attachment, size: under.sealed.sizeBytes }] : [],
      );
    },

    /** @param {string} code of a refusal @returns {string} its sentence, "" when it has none */
    words: (code) => say(code),

    /** Forget every file. */
    clear() {
      picked = [];
      faults.replaceChildren();
      status.textContent = "";
      show();
    },
  };
}

/** @param {File} file @returns {Promise<Uint8Array<ArrayBuffer>>} refuses before it is read */
async function bytesOf(file) {
  if (file.size > MOST_BYTES) throw new Refusal("file_too_large");
  const content = await file.arrayBuffer().catch(() => {
    throw new Refusal("file_broken");
  });
  return new Uint8Array(content);
}

/** @param {HTMLElement} section @param {string} word @param {Record<string, string>} params */
function sentence(section, word, params) {
  const words = /** @type {HTMLTemplateElement | null} */ (
    section.querySelector("template[data-kata-bukti]")
  );
  const found = words?.content.querySelector(`[data-kata="${CSS.escape(word)}"]`)?.textContent;
  return (found ?? "").replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
}

/** @param {number} bytes */
function sizeWords(bytes) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  return bytes < 1e6
    ? `${format.format(Math.max(1, Math.round(bytes / 1000)))} KB`
    : `${format.format(bytes / 1e6)} MB`;
}
