// @ts-check
// Sign in: the passphrase stays here; only the auth key derived from it is sent, or a passkey's
// signature over the server's challenge.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { busy, field, part, percent, say } from "./page.js";
import { mayUsePasskeys, signature } from "./passkey.js";
import { keysOf } from "./passphrase.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("masuk"));
const name = field("nama");
const passphrase = field("sandi");

/** Fill in what stands for the passphrase; nothing of it is sent. */
async function stretched() {
  const deployment = form.dataset.deployment ?? "";
  const { authKey, kek } = await keysOf(name.value, passphrase.value, deployment, (share) =>
    say("status", "menghitung", { persen: percent(share) }),
  );
  kek.fill(0);
  field("siapa").value = name.value;
  field("kunci").value = base64url(authKey);
}

/** @param {() => Promise<void>} work fills the form in @param {string} wrong the word for its fault */
async function enter(work, wrong) {
  say("galat", "");
  busy(form, true);
  try {
    await work();
    // What is disabled is not sent: the passphrase is in no request.
    name.disabled = passphrase.disabled = true;
    form.submit();
  } catch {
    busy(form, false);
    say("status", "");
    say("galat", wrong);
  }
}

/** A passkey alone, or beside a passphrase that was typed. */
async function signed() {
  say("status", "kunci_sandi");
  field("pernyataan").value = await signature(form.dataset.tantangan ?? "", form.dataset.pihak ?? "");
  if (name.value.trim() && passphrase.value) await stretched();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (name.value.trim() && passphrase.value) return void enter(stretched, "gagal");
  say("galat", "lengkapi");
  (name.value.trim() ? passphrase : name).focus();
});
if (mayUsePasskeys(form.dataset.asal)) {
  part("baris-kunci-sandi").hidden = false;
  part("dengan-kunci-sandi").addEventListener("click", () => void enter(signed, "kunci_batal"));
}
busy(form, false);
