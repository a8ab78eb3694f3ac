// @ts-check
// The case page: locked until passphrase or passkey opens it, locked again by hand, by leaving the page
// or by ten idle minutes. Keys live in this module's memory and nowhere else.
import { forgetEvidence, offerEvidence } from "./bukti.js";
import { get, openLetters, unitIdentities } from "./opening.js";
import { busy, element, field, part, percent, say, sentence } from "./page.js";
import { mayUsePasskeys, unlockedByPasskey } from "./passkey.js";
import { keysOf } from "./passphrase.js";

/** @typedef {import("./opening.js").Opened} Opened */
/** @typedef {import("./opening.js").Unopened} Unopened */

const IDLE_SECONDS = 600;
const DETAILS = ["who", "place", "asked", "paid", "contact_wish"];
const WISH = /^(anonymous|confidential|contact)\b/;
/** @type {Record<string, string>} */
const FAULTS = {
  cannot_open: "salah",
  no_unit_key: "tanpa_kunci",
  NotAllowedError: "kunci_batal",
  no_prf: "kunci_batal",
};
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("buka"));
const { kasus = "", nama = "", deployment = "", kunci = "" } = part("naskah").dataset;
let secondsLeft = 0;

/** @returns {Promise<{kek: Uint8Array, identity?: string}>} from the passphrase in the form */
async function byPassphrase() {
  const { authKey, kek } = await keysOf(nama, field("sandi").value, deployment, (share) =>
    say("status", "menghitung", { persen: percent(share) }),
  );
  authKey.fill(0);
  return { kek };
}

/**
 * @param {() => Promise<{kek: Uint8Array, identity?: string}>} ask for the key, and for the identity
 *   wrapped under it where that is not the passphrase's
 */
async function unlock(ask) {
  if (!form) return;
  const passphrase = field("sandi");
  say("galat", "");
  busy(form, true);
  try {
    const { kek, identity } = await ask();
    const locked = await (await get(kunci)).json();
    if (identity) locked.identity = identity;
    const identities = await unitIdentities(locked, kek).finally(() => kek.fill(0));
    say("status", "membuka");
    show(await openLetters(kasus, [...locked.letters, ...locked.notes], identities));
  } catch (fault) {
    const { code, name } = /** @type {{code?: string | number, name?: string}} */ (fault);
    say("galat", FAULTS[name === "NotAllowedError" ? name : `${code}`] ?? "gagal");
    passphrase.focus();
  } finally {
    passphrase.value = "";
    say("status", "");
    busy(form, false);
  }
}

/** @param {(Opened | Unopened)[]} letters */
function show(letters) {
  /** @type {import("./bukti.js").Attachment[]} */
  const files = [];
  for (const one of letters) {
    const target = document.querySelector(
      `[data-surat="${one.place.direction}-${one.place.seq}"]`,
    );
    if (!target) continue;
    target.replaceChildren(..."fault" in one ? [faultOf(one)] : textOf(one));
    if (!("fault" in one) && one.place.direction === "in") files.push(...one.header.attachments);
  }
  offerEvidence(files);
  part("terkunci").hidden = true;
  part("terbuka").hidden = false;
  part("kepingan").hidden = false;
  document.documentElement.dataset.terbuka = "";
  secondsLeft = IDLE_SECONDS;
  tick();
  part("judul-naskah").focus();
}

/** @param {Unopened} one */
const faultOf = (one) =>
  element("p", sentence(one.fault === "misplaced" ? "salah_tempat" : "rusak"), "galat");

/** @param {Opened} one @returns {HTMLElement[]} */
function textOf(one) {
  const { name, kept } = one.body;
  if (name !== undefined)
    return [
      element("p", sentence("nama_pelapor", { nama: name }), "cerita"),
      element("p", sentence("nama_lama"), "kecil redup"),
    ];
  const text = one.body.story ?? one.body.text ?? "";
  const shown = (text ? text.split(/\n{2,}/) : []).map((words) => element("p", words, "cerita"));
  const banyak = one.place.seq > 0 ? one.header.attachments.length : 0;
  if (banyak > 0) shown.push(element("p", sentence("berkas_surat", { banyak: `${banyak}` }), "redup"));
  const details = DETAILS.filter((detail) => one.body[detail]);
  const notes = notesOn(one.body.contact_wish ?? "", kept);
  if (details.length === 0) return [...shown, ...notes];
  const list = element("dl", "", "fakta");
  for (const detail of details) {
    const pair = element("div");
    const told = one.body[detail] ?? "";
    const value =
      detail === "contact_wish" ? told.replace(WISH, (code) => sentence(`wish_${code}`)) : told;
    pair.append(element("dt", sentence(`rincian_${detail}`)), element("dd", value));
    list.append(pair);
  }
  return [...shown, list, ...notes];
}

/** What is said of the reporter's name. @param {string} wish @param {string | undefined} kept */
function notesOn(wish, kept) {
  if (wish.includes(":")) return [element("p", sentence("nama_lama"), "kecil redup")];
  if (kept === undefined) return [];
  const row = element("p", `${sentence("nama_terpisah")} `, "kecil");
  const link = /** @type {HTMLAnchorElement} */ (element("a", sentence("minta_nama")));
  link.href = `${location.pathname}/identitas`;
  row.append(link);
  return [row];
}

function lock() {
  secondsLeft = 0;
  for (const target of document.querySelectorAll("[data-surat]")) target.replaceChildren();
  forgetEvidence();
  part("terkunci").hidden = false;
  part("terbuka").hidden = true;
  part("kepingan").hidden = true;
  delete document.documentElement.dataset.terbuka;
}

function tick() {
  if (secondsLeft <= 0) return;
  const [minutes, seconds] = [Math.floor(secondsLeft / 60), secondsLeft % 60];
  const pair = [minutes, seconds].map((count) => `${count}`.padStart(2, "0"));
  part("hitungan").textContent = pair.join(".");
}

setInterval(() => {
  if (secondsLeft === 0) return;
  secondsLeft -= 1;
  if (secondsLeft === 0) lock();
  else tick();
}, 1000);

for (const sign of ["pointerdown", "keydown"])
  addEventListener(sign, () => {
    if (secondsLeft > 0) secondsLeft = IDLE_SECONDS;
  });
addEventListener("pagehide", lock);
for (const button of document.querySelectorAll("[data-kunci-sekarang]"))
  button.addEventListener("click", () => {
    lock();
    field("sandi").focus();
  });
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!field("sandi").value) return field("sandi").focus();
  void unlock(byPassphrase);
});
const other = document.getElementById("buka-kunci-sandi");
if (other && mayUsePasskeys(other.dataset.asal)) {
  other.hidden = false;
  other.addEventListener("click", () => void unlock(() => unlockedByPasskey(other.dataset)));
}
if (form) busy(form, false);
