// @ts-check
// What the digits open on /kotak: keys are derived, requests signed, letters opened and sealed here.
// A bundle of its own, loaded when somebody types a code.
import { derive, normalise } from "../../../../shared/web/js/receipt.js";
import { deedsOf, forgetDeeds } from "./deeds.js";
import { openLetters, sealReply } from "./letters.js";
import { Told, look, post } from "./post.js";
import { lettersOf, stepsOf } from "./timeline.js";
import { element, say, sentence } from "./words.js";

/** @typedef {import("./post.js").Mailbox} Mailbox */
/** @typedef {import("../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */

const closed = /** @type {HTMLElement | null} */ (document.getElementById("tutup"));
const open = /** @type {HTMLElement | null} */ (document.getElementById("kotak"));
/** @type {ReceiptKeys | null} */
let keys = null;
/** @type {{words: string, seq: number, envelope: string} | null} the reply under way */
let sealed = null;

/** @param {unknown} fault @returns {string} a sentence for the reader */
function sentenceOf(fault) {
  const code = /** @type {{code?: string}} */ (fault).code ?? "";
  if (fault instanceof Told && fault.message) return fault.message;
  return sentence(code) || sentence("gagal");
}

/** @param {HTMLFormElement} source the code's form; what is wrong is said there */
export async function enter(source) {
  const typed = /** @type {HTMLInputElement} */ (source.elements.namedItem("receipt"));
  say("galat", "");
  try {
    const digits = normalise(typed.value);
    keys = await derive(digits, source.dataset.deployment ?? "", (share) =>
      say("kabar", sentence("menghitung", { persen: `${Math.round(share * 100)} %` })),
    );
    say("kabar", sentence("membuka"));
    await show(keys);
    typed.value = "";
  } catch (fault) {
    say("galat", sentenceOf(fault));
    typed.focus();
  } finally {
    say("kabar", "");
  }
}

/** @param {ReceiptKeys} own @param {string} [news] */
async function show(own, news = "") {
  if (!open || !closed) return;
  const mailbox = await look(own);
  const letters = await openLetters(mailbox, own);
  const title = element("h1", sentence("judul"), "judul");
  title.tabIndex = -1;
  const told = news ? [element("p", news, "cap ok")] : [];
  const content = mailbox.status
    ? [
        ...stepsOf(mailbox),
        ...lettersOf(letters),
        replyForm(mailbox, own),
        ...deedsOf(mailbox, letters, own, (said) => show(own, said), sentenceOf),
        way("/keluar", "selesai"),
      ]
    : [element("p", sentence("kosong")), way("/kotak", "lagi")];
  open.replaceChildren(title, ...told, ...content);
  closed.hidden = true;
  open.hidden = false;
  title.focus();
}

/** @param {string} to @param {string} word */
function way(to, word) {
  const row = element("div", "", "aksi");
  const link = /** @type {HTMLAnchorElement} */ (element("a", sentence(word), "tombol garis"));
  link.href = to;
  row.append(link);
  return row;
}

/** @param {Mailbox} mailbox @param {ReceiptKeys} own */
function replyForm(mailbox, own) {
  const made = /** @type {HTMLFormElement} */ (element("form", "", "tumpuk"));
  const label = /** @type {HTMLLabelElement} */ (element("label"));
  const text = /** @type {HTMLTextAreaElement} */ (element("textarea", "", "isian"));
  const fault = element("p", "", "galat");
  const news = element("p", "", "kecil redup");
  const button = /** @type {HTMLButtonElement} */ (element("button", sentence("kirim"), "tombol"));
  Object.assign(text, { id: "balasan", rows: 6, maxLength: 20_000, autocomplete: "off" });
  Object.assign(fault, { id: "galat-balasan", hidden: true, role: "alert" });
  Object.assign(news, { id: "kabar-balasan", hidden: true, role: "status" });
  label.htmlFor = text.id;
  label.append(element("b", sentence("balas")));
  const field = element("div", "", "isi");
  field.append(label, text);
  const row = element("div", "", "aksi");
  row.append(button);
  made.append(field, fault, news, row);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void reply(mailbox, own, text, button);
  });
  return made;
}

/**
 * A fault leaves the text where it is. The same text goes out again in the same envelope: a letter
 * whose answer was lost on the way is known to the server by its bytes.
 * @param {Mailbox} mailbox @param {ReceiptKeys} own
 * @param {HTMLTextAreaElement} text @param {HTMLButtonElement} button
 */
async function reply(mailbox, own, text, button) {
  say("galat-balasan", "");
  if (!text.value.trim()) return say("galat-balasan", sentence("isi_kosong"));
  button.disabled = true;
  say("kabar-balasan", sentence("menyegel"));
  try {
    const words = text.value.trim();
    if (sealed?.words !== words) sealed = { words, ...(await sealReply(mailbox, own, words)) };
    await post(own, sealed.seq, sealed.envelope);
    sealed = null;
    await show(own, sentence("done_reply"));
  } catch (fault) {
    say("galat-balasan", sentenceOf(fault));
  } finally {
    button.disabled = false;
    say("kabar-balasan", "");
  }
}

addEventListener("pagehide", () => {
  keys?.prk.fill(0);
  keys = sealed = null;
  forgetDeeds();
  open?.replaceChildren();
});
