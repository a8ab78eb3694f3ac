// @ts-check
// A new passphrase: long enough, typed twice, stretched in the worker.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { normaliseName, wrapIdentity } from "../../../../shared/web/js/person.js";
import { field, percent, say } from "./page.js";
import { keysOf } from "./passphrase.js";

// NIST SP 800-63B-4 §3.1.1.2: a password that stands alone has at least 15 characters.
const SHORTEST = 15;

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
export function forgetPassphrases() {
  for (const box of document.querySelectorAll("input[type=password]")) {
    const typed = /** @type {HTMLInputElement} */ (box);
    typed.value = "";
    typed.disabled = true;
  }
}
