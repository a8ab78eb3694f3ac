// @ts-check
// What only the person themselves may begin: the auth key goes along, the passphrase stays.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { forgetPassphrases, stretched } from "./frasa.js";
import { busy, field, say } from "./page.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("sandi-dulu"));

/** @param {HTMLFormElement} source */
async function begin(source) {
  const { nama = "", deployment = "" } = source.dataset;
  busy(source, true);
  try {
    const { authKey, kek } = await stretched(field("lama").value, nama, deployment);
    kek.fill(0);
    field("kunci").value = base64url(authKey);
    forgetPassphrases();
    source.submit();
  } catch {
    busy(source, false);
    say("status", "");
    say("galat", "gagal");
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void begin(form);
});
if (form) busy(form, false);
