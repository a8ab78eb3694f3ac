// @ts-check
// What a reporter decides in the mailbox: a panel for each, whose fields stand in the page as
// <template id="deed-…">, the same that the pages without JavaScript are made of.
import { base64, base64url } from "../../../../shared/web/js/bytes.js";
import { sealInParts, sealJson } from "../../../../shared/web/js/seal.js";
import { sealReply } from "./letters.js";
import { decide, notifyKey, post } from "./post.js";
import { element, longDate, sentence } from "./words.js";

/** @typedef {import("./post.js").Mailbox} Mailbox */
/** @typedef {import("./letters.js").Opened} Opened */
/** @typedef {import("../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/** @typedef {ReturnType<typeof import("./lapor/evidence.js").createEvidence>} Evidence */
/** @typedef {{mailbox: Mailbox, own: ReceiptKeys, typed: (name: string) => string,
 *   tell: (words: string) => void}} Asked */

const ORDER = ["evidence", "identity", "contact", "withdraw", "take_back", "rate", "object", "delete"];
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** @type {{key: string, made: Promise<any>} | null} what was sealed last */
let sealed = null;
/** @type {Evidence | null} the files picked in the panel that is open */
let evidence = null;

/** Each answers with what must be filled in first ("" when it was sent).
 * @type {Record<string, (asked: Asked) => Promise<string>>} */
const SEND = {
  async evidence({ mailbox, own, typed, tell }) {
    await evidence?.ready();
    if (!evidence || evidence.files().length === 0) return "no_file";
    const files = await evidence.send(sealInParts, tell);
    tell(sentence("menyegel"));
    const attachments = files.map(({ attachment }) => attachment);
    const key = `files ${attachments.map(({ name }) => name)} ${typed("text")}`;
    const { seq, envelope } = await once(key, () =>
      sealReply(mailbox, own, typed("text"), "letter", attachments),
    );
    const sent = files.map(({ attachment: { name, sha256 }, size }) => ({ name, size, sha256 }));
    await post(own, seq, envelope, sent);
    return "";
  },
  async identity({ mailbox, own, typed }) {
    if (!typed("name")) return "pilih";
    const { seq, envelope } = await letterOnce(mailbox, own, typed("name"), "identity");
    await post(own, seq, envelope);
    return "";
  },
  async contact({ own, typed }) {
    const address = typed("email");
    if (!ADDRESS.test(address)) return "alamat";
    const lang = document.documentElement.lang === "en" ? "en" : "id";
    const note = { address, lang, events_key: base64url(own.eventsKey) };
    const seal = async () => base64(await sealJson(note, await notifyKey()));
    const contact = await once(`contact ${address}`, seal);
    await decide(own, "contact", { contact, lang });
    return "";
  },
  async withdraw({ mailbox, own, typed }) {
    if (!typed("pressed")) return "pilih";
    const round = mailbox.withdrawal_round + 1;
    await decide(own, "withdrawal", { round, pressed: typed("pressed") });
    return "";
  },
  async take_back({ mailbox, own }) {
    await decide(own, "withdrawal/taken-back", { round: mailbox.withdrawal_round });
    return "";
  },
  async rate({ mailbox, own, typed }) {
    if (!typed("solved")) return "pilih";
    const judged = { is_solved: typed("solved") === "yes", stars: Number(typed("stars")) };
    await decide(own, "rating", { round: mailbox.result_round, ...judged });
    return "";
  },
  async object({ mailbox, own, typed }) {
    if (!typed("text")) return "isi_kosong";
    const letter = await letterOnce(mailbox, own, typed("text"), "letter");
    await decide(own, "objection", { round: mailbox.result_round, ...letter });
    return "";
  },
  async delete({ own, typed }) {
    if (!typed("sure")) return "pilih";
    await decide(own, "letters/deletion", { is_sure: true });
    return "";
  },
};

/**
 * The same words go out again in the same envelope: the server knows what it has by its bytes.
 * @template T @param {string} key @param {() => Promise<T>} make @returns {Promise<T>}
 */
async function once(key, make) {
  if (sealed?.key !== key) sealed = { key, made: make() };
  try {
    return await sealed.made;
  } catch (fault) {
    sealed = null;
    throw fault;
  }
}

/** @param {Mailbox} mailbox @param {ReceiptKeys} own @param {string} text
 * @param {"letter" | "identity"} kind */
const letterOnce = (mailbox, own, text, kind) =>
  once(`${kind} ${text}`, () => sealReply(mailbox, own, text, kind));

/** A name is given once; whether it stood in letters that were deleted nobody can know.
 * @param {Mailbox} mailbox @param {Opened[]} letters @returns {string[]} */
const offered = (mailbox, letters) =>
  ORDER.filter((name) => {
    if (name === "evidence") return mailbox.case !== null;
    if (name !== "identity") return mailbox.may.includes(name);
    return letters.length > 0 && !mailbox.gone.in && !letters.some((one) => one.isNamed);
  });

/**
 * A button for everything possible now, and the panel it opens.
 * @param {Mailbox} mailbox @param {Opened[]} letters @param {ReceiptKeys} own
 * @param {(news: string) => Promise<void>} done shows the mailbox again
 * @param {(fault: unknown) => string} sentenceOf
 * @returns {HTMLElement[]}
 */
export function deedsOf(mailbox, letters, own, done, sentenceOf) {
  const names = offered(mailbox, letters);
  if (names.length === 0) return [];
  const row = element("div", "", "aksi");
  const place = element("div", "", "tumpuk");
  for (const name of names) {
    const button = element("button", sentence(`deed_${name}`), "tombol garis");
    button.setAttribute("type", "button");
    button.addEventListener("click", () => {
      const panel = panelOf(name, mailbox, own, done, sentenceOf);
      place.replaceChildren(panel);
      /** @type {HTMLElement | null} */ (panel.querySelector("h3"))?.focus();
    });
    row.append(button);
  }
  return [element("h2", sentence("lainnya"), "anak"), row, place];
}

/**
 * @param {string} name @param {Mailbox} mailbox @param {ReceiptKeys} own
 * @param {(news: string) => Promise<void>} done @param {(fault: unknown) => string} sentenceOf
 */
function panelOf(name, mailbox, own, done, sentenceOf) {
  const form = /** @type {HTMLFormElement} */ (element("form", "", "tumpuk lembar"));
  const title = element("h3", sentence(`deed_${name}`), "anak");
  const fault = element("p", "", "galat");
  const button = /** @type {HTMLButtonElement} */ (
    element("button", sentence(`send_${name}`), "tombol")
  );
  const row = element("div", "", "aksi");
  const news = element("p", "", "kecil redup");
  title.tabIndex = -1;
  news.setAttribute("role", "status");
  fault.setAttribute("role", "alert");
  fault.hidden = true;
  form.noValidate = true;
  form.autocomplete = "off";
  const fields = /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(`deed-${name}`)
  );
  form.append(title);
  if (name === "object" && mailbox.object_until) {
    const until = sentence("paling_lambat", { hari: longDate(mailbox.object_until) });
    form.append(element("p", `${until}.`));
  }
  if (fields) form.append(fields.content.cloneNode(true));
  row.append(button);
  form.append(fault, news, row);
  evidence?.clear();
  evidence = null;
  if (name === "evidence") takeFiles(form).catch(() => refuse(sentence("gagal")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });

  async function send() {
    const data = new FormData(form);
    const typed = (/** @type {string} */ field) => `${data.get(field) ?? ""}`.trim();
    fault.hidden = true;
    button.disabled = true;
    try {
      const missing = await SEND[name]?.({ mailbox, own, typed, tell });
      if (!missing) return await done(sentence(`done_${name}`));
      refuse(sentence(missing));
    } catch (met) {
      const { code = "" } = /** @type {{code?: string}} */ (met);
      refuse(evidence?.words(code) || sentenceOf(met));
    } finally {
      tell("");
      button.disabled = false;
    }
  }

  /** @param {string} words */
  function refuse(words) {
    fault.textContent = words;
    fault.hidden = false;
  }

  /** @param {string} words how far it is */
  function tell(words) {
    news.textContent = words;
  }
  return form;
}

/** Files can be picked once what cleans them is here. @param {HTMLElement} form */
async function takeFiles(form) {
  const { createEvidence } = await import("./lapor/evidence.js");
  if (form.isConnected) evidence = createEvidence(form);
}

/** Forget what was sealed and not sent. */
export function forgetDeeds() {
  sealed = null;
  evidence?.clear();
  evidence = null;
}
