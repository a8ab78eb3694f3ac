// @ts-check
// Sign in: the passphrase stays here; only the auth key derived from it is sent.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { busy, field, percent, say } from "./page.js";
import { keysOf } from "./passphrase.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("masuk"));
const name = field("nama");
const passphrase = field("sandi");

async function enter() {
  say("galat", "");
  if (!name.value.trim() || !passphrase.value) {
    say("galat", "lengkapi");
    (name.value.trim() ? passphrase : name).focus();
    return;
  }
  busy(form, true);
  try {
    const deployment = form.dataset.deployment ?? "";
    const { authKey, kek } = await keysOf(name.value, passphrase.value, deployment, (share) =>
      say("status", "menghitung", { persen: percent(share) }),
    );
    kek.fill(0);
    field("siapa").value = name.value;
    field("kunci").value = base64url(authKey);
    // What is disabled is not sent: the passphrase is in no request.
    name.disabled = passphrase.disabled = true;
    form.submit();
  } catch {
    busy(form, false);
    say("status", "");
    say("galat", "gagal");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void enter();
});
busy(form, false);
