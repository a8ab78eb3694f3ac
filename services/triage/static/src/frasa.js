// @ts-check
// A new passphrase: long enough, typed twice, stretched in the worker.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { normaliseName, wrapIdentity } from "../../../../shared/web/js/person.js";
import { busy, field, percent, say } from "./page.js";
import { keysOf } from "./passphrase.js";

// NIST SP 800-63B-4 §3.1.1.2: a password that stands alone has at least 15 characters.
const SHORTEST = 15;
// What a browser says of a passkey that did not come (WebAuthn §5.1.3).
/** @type {Record<string, string>} */
const REFUSED = { NotAllowedError: "kunci_batal", InvalidStateError: "kunci_ada" };

/**
 * The new passphrase, or "" after saying what is wrong with it.
 * @param {string} name
 */
export function typedPassphrase(name) {
  const [first, second] = [field("baru"), field("ulang")];
  const phrase = first.value.normalize("NFKC");
  const fault =
    [...phrase].length < SHORTEST
      ? "pendek"
      : phrase.toLowerCase().includes(normaliseName(name))
        ? "mudah"
        : first.value !== second.value
          ? "beda"
          : "";
  say("galat", fault);
  if (fault) (fault === "beda" ? second : first).focus();
  return fault ? "" : first.value;
}

/**
 * Stretch, telling how far it is.
 * @param {string} phrase @param {string} name @param {string} deployment
 */
export const stretched = (phrase, name, deployment) =>
  keysOf(name, phrase, deployment, (share) =>
    say("status", "menghitung", { persen: percent(share) }),
  );

/**
 * Fill in what the server may keep of `seeds` under this passphrase; wipes what opens them.
 * @param {Uint8Array} seeds @param {string} phrase @param {string} name @param {string} deployment
 */
export async function fillWrapped(seeds, phrase, name, deployment) {
  const { authKey, kek } = await stretched(phrase, name, deployment);
  try {
    field("kunci").value = base64url(authKey);
    field("identitas").value = base64url(await wrapIdentity(kek, seeds));
  } finally {
    kek.fill(0);
  }
}

/** What is disabled is not sent, and what is empty is not kept by the browser's history. */
function forgetPassphrases() {
  for (const box of document.querySelectorAll("input[type=password]")) {
    const typed = /** @type {HTMLInputElement} */ (box);
    typed.value = "";
    typed.disabled = true;
  }
}

/**
 * Let `work` fill the form `id`, then send it without the passphrases. A fault is said, the buttons
 * come back, and what was typed stays.
 * @param {string} id
 * @param {(form: HTMLFormElement) => Promise<boolean>} work false: what is wrong has been said
 * @param {{wrong?: string, at?: string}} [told] the word for a passphrase that opens nothing, and
 *   the field to go back to
 */
export function sendFilled(id, work, { wrong = "gagal", at = "" } = {}) {
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById(id));
  if (!form) return;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("galat", "");
    busy(form, true);
    try {
      if (!(await work(form))) return busy(form, false);
      forgetPassphrases();
      form.submit();
    } catch (fault) {
      const { code, name } = /** @type {{code?: string | number, name?: string}} */ (fault);
      busy(form, false);
      say("status", "");
      say("galat", code === "cannot_open" ? wrong : (REFUSED[name ?? ""] ?? "gagal"));
      if (at) field(at).focus();
    }
  });
  busy(form, false);
}
