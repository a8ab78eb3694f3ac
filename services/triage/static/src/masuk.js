// Sign in: the passphrase stays here; only the auth key derived from it is sent.
import { encode } from "./bytes.js";
import { busy, say } from "./page.js";
import { keysOf } from "./passphrase.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("masuk"));
const name = /** @type {HTMLInputElement} */ (document.getElementById("nama"));
const passphrase = /** @type {HTMLInputElement} */ (document.getElementById("sandi"));
const key = /** @type {HTMLInputElement} */ (form.elements.namedItem("kunci"));
const who = /** @type {HTMLInputElement} */ (form.elements.namedItem("siapa"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!name.value.trim() || !passphrase.value) {
    say("galat", "lengkapi");
    (name.value.trim() ? passphrase : name).focus();
    return;
  }
  busy(form, true);
  say("status", "menghitung");
  try {
    const { authKey, kek } = await keysOf(name.value, passphrase.value, form.dataset.deployment ?? "");
    kek.fill(0);
    who.value = name.value.trim().toLowerCase();
    key.value = encode(authKey);
    name.disabled = true;
    passphrase.disabled = true;
    form.submit();
  } catch {
    busy(form, false);
    say("galat", "gagal");
  }
});
