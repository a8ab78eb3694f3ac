// @ts-check
// Another passphrase: the keys are unwrapped and wrapped again here, and stay the same.
import { base64url, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { unwrapIdentity } from "../../../../shared/web/js/person.js";
import { fillWrapped, forgetPassphrases, stretched, typedPassphrase } from "./frasa.js";
import { get } from "./opening.js";
import { busy, field, say } from "./page.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("ganti"));

/** @param {HTMLFormElement} source */
async function change(source) {
  const { nama = "", deployment = "", bungkus = "" } = source.dataset;
  const phrase = typedPassphrase(nama);
  if (!phrase) return;
  busy(source, true);
  try {
    const old = await stretched(field("lama").value, nama, deployment);
    const { identity } = await (await get(bungkus)).json();
    const seeds = await unwrapIdentity(old.kek, fromBase64(identity));
    old.kek.fill(0);
    await fillWrapped(seeds, phrase, nama, deployment).finally(() => seeds.fill(0));
    field("kunci-lama").value = base64url(old.authKey);
    forgetPassphrases();
    source.submit();
  } catch (fault) {
    const code = /** @type {{code?: string}} */ (fault).code;
    busy(source, false);
    say("status", "");
    say("galat", code === "cannot_open" ? "salah_lama" : "gagal");
    field("lama").focus();
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void change(form);
});
if (form) busy(form, false);
