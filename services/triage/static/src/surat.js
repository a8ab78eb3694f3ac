// @ts-check
// Writes a letter: sealed here to the reporter, the unit and oversight, then sent. Before the first
// seal the story is opened, for it names the reporter's key; the server's word is not taken for it.
import { base64 } from "../../../../shared/web/js/bytes.js";
import { sealLetter } from "../../../../shared/web/js/seal.js";
import { faultParams, sampleFault } from "./contoh.js";
import { get, openLetters, unitIdentities } from "./opening.js";
import { busy, field, part, percent, say } from "./page.js";
import { mayUsePasskeys, unlockedByPasskey } from "./passkey.js";
import { keysOf } from "./passphrase.js";
import { judgeBox } from "./penerima.js";

/** @type {Record<string, string>} */
const FAULTS = { cannot_open: "salah", no_unit_key: "tanpa_kunci", too_long: "panjang", NotAllowedError: "kunci_batal", no_prf: "kunci_batal" };
/** @type {Record<string, string>} */
const VERDICTS = { other: "kunci_lain", unread: "tanpa_naskah" };
const form = /** @type {HTMLFormElement} */ (document.getElementById("surat"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("isi-surat"));
const passphrase = field("sandi");
const { tempat = "{}", kunci = "", nama = "", deployment = "" } = form.dataset;
const place = JSON.parse(tempat);
/** @type {import("./penerima.js").Verdict | null} */
let verdict = null;
let isDirty = false;
let ask = byPassphrase;

/** @returns {Promise<{kek: Uint8Array, identity?: string}>} from the passphrase in the form */
async function byPassphrase() {
  const { authKey, kek } = await keysOf(nama, passphrase.value, deployment, (share) =>
    say("status", "menghitung", { persen: percent(share) }),
  );
  authKey.fill(0);
  return { kek };
}

/** @returns {Promise<import("./penerima.js").Verdict>} what the story says of the reporter's key */
async function askStory() {
  const { kek, identity } = await ask();
  const locked = await (await get(kunci)).json();
  if (identity) locked.identity = identity;
  const identities = await unitIdentities(locked, kek).finally(() => kek.fill(0));
  say("status", "memeriksa");
  const story = locked.letters.filter(
    (/** @type {import("./opening.js").Place} */ one) => one.direction === "in" && one.seq === 0,
  );
  return judgeBox(await openLetters(place.case, story, identities), place.recipients[0]);
}

/** @param {string} word @param {HTMLElement} to @param {Record<string, string>} [params] */
function refuse(word, to, params) {
  say("galat", word, params);
  to.focus();
}

/** @returns {Promise<boolean>} whether the letter may be sealed to the key at hand */
async function mayBeSealed() {
  verdict ??= await askStory();
  passphrase.value = "";
  part("baris-sandi").hidden = true;
  if (verdict === "same") return true;
  if (verdict !== "unnamed") {
    refuse(VERDICTS[verdict], text);
    return false;
  }
  const agreed = field("setuju");
  if (agreed.checked) return true;
  part("tanpa-nama-kunci").hidden = false;
  agreed.focus();
  return false;
}

/** @param {unknown} fault */
function refuseFault(fault) {
  const { code, name } = /** @type {{code?: string | number, name?: string}} */ (fault);
  const word = FAULTS[name === "NotAllowedError" ? name : `${code}`] ?? "gagal";
  refuse(word, verdict ? text : passphrase);
}

async function openFirst() {
  say("galat", "");
  busy(form, true);
  try {
    if (await mayBeSealed()) say("status", "siap");
  } catch (fault) {
    say("status", "");
    refuseFault(fault);
  }
  busy(form, false);
}

async function seal() {
  say("galat", "");
  if (!text.value.trim()) return refuse("kosong", text);
  const wrong = sampleFault();
  if (wrong) return refuse(wrong, text, faultParams());
  if (!verdict && !passphrase.value) return refuse("sandi_kosong", passphrase);
  busy(form, true);
  try {
    if (!(await mayBeSealed())) return busy(form, false);
    const file = await sealLetter({ ...place, direction: "out", text: text.value.trim() });
    field("amplop").value = base64(file);
    isDirty = false;
    text.disabled = true;
    form.submit();
  } catch (fault) {
    busy(form, false);
    refuseFault(fault);
  } finally {
    say("status", "");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask = byPassphrase;
  void seal();
});
// In place of the passphrase: the story is opened, nothing is sent yet.
const other = document.getElementById("buka-kunci-sandi");
if (other && mayUsePasskeys(other.dataset.asal)) {
  other.hidden = false;
  other.addEventListener("click", () => {
    ask = () => unlockedByPasskey(other.dataset);
    void openFirst();
  });
}
text.addEventListener("input", () => {
  isDirty = true;
});
addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
busy(form, false);
