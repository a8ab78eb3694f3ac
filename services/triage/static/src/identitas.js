// @ts-check
// A name kept apart: lifted out of the opened story by who asks, opened and sealed to them by the
// keeper, read by who asked. Each step in the browser of the person whose key it takes.
import { base64, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { openName, readKept } from "../../../../shared/web/js/keeping.js";
import { identityOf, unwrapIdentity } from "../../../../shared/web/js/person.js";
import { decrypt, encrypt } from "../../../../shared/web/js/seal.js";
import { sendFilled, stretched } from "./frasa.js";
import { get, openLetters, unitIdentities } from "./opening.js";
import { busy, field, part, say, sentence } from "./page.js";

const READABLE_MS = 600_000; // as the case page: ten minutes

/** @param {HTMLFormElement} form @returns {Promise<Uint8Array>} the key that opens one's own keys */
async function kekOf({ dataset: { nama = "", deployment = "" } }) {
  const { authKey, kek } = await stretched(field("sandi").value, nama, deployment);
  authKey.fill(0);
  return kek;
}

/** @param {string} word @param {string} [at] the field to go to @returns {boolean} false */
function refuse(word, at = "sandi") {
  say("status", "");
  say("galat", word);
  field(at).focus();
  return false;
}

/** Who asks: the newest name out of what the reporter sent; the story itself is shown nowhere. */
sendFilled(
  "minta-nama",
  async (form) => {
    if (!field("sandi").value) return refuse("sandi_kosong");
    const kek = await kekOf(form);
    const { kasus = "", kunci = "" } = form.dataset;
    const locked = await (await get(kunci)).json();
    const identities = await unitIdentities(locked, kek).finally(() => kek.fill(0));
    say("status", "membuka");
    const opened = await openLetters(kasus, locked.letters, identities);
    const named = opened.filter((one) => "body" in one && one.body.kept !== undefined).at(-1);
    if (!named || !("body" in named)) return refuse("tanpa_nama");
    field("berkas").value = base64(readKept(named.body.kept ?? ""));
    field("seq").value = `${named.place.seq}`;
    return true;
  },
  { wrong: "salah", at: "sandi" },
);

/** The keeper: opened here, checked to be this case's, and sealed as it is to who asked alone. */
sendFilled(
  "buka-nama",
  async (form) => {
    const choice = new FormData(form).get("putusan");
    if (choice !== "buka") return true;
    if (!field("sandi").value) return refuse("sandi_kosong");
    const kek = await kekOf(form);
    const { kasus = "", kunci = "", alamat = "", nomor = "0", penerima = "" } = form.dataset;
    const locked = await (await get(kunci)).json();
    const identities = await unitIdentities(locked, kek).finally(() => kek.fill(0));
    const file = new Uint8Array(await (await get(alamat)).arrayBuffer());
    try {
      await openName(file, identities, { case: kasus, seq: Number(nomor) });
    } catch {
      return refuse("bukan_kita");
    }
    field("berkas").value = base64(await encrypt(await decrypt(file, identities), [penerima]));
    return true;
  },
  { wrong: "salah", at: "sandi" },
);

const reading = /** @type {HTMLFormElement | null} */ (document.getElementById("baca-nama"));

/** Who asked: only their own key opens what the keeper sealed. @param {HTMLFormElement} form */
async function read(form) {
  if (!field("sandi").value) {
    refuse("sandi_kosong");
    return;
  }
  say("galat", "");
  busy(form, true);
  try {
    const kek = await kekOf(form);
    const { kasus = "", kunci = "", alamat = "", nomor = "0" } = form.dataset;
    const { identity } = await (await get(kunci)).json();
    const seeds = await unwrapIdentity(kek, fromBase64(identity)).finally(() => kek.fill(0));
    const file = new Uint8Array(await (await get(alamat)).arrayBuffer());
    const place = { case: kasus, seq: Number(nomor) };
    const name = await openName(file, [identityOf(seeds)], place).finally(() => seeds.fill(0));
    part("nama-terbuka").textContent = sentence("nama_pelapor", { nama: name });
    part("nama-terbuka").hidden = false;
    part("nama-terbuka").focus();
    setTimeout(forget, READABLE_MS);
  } catch (fault) {
    const { code = "" } = /** @type {{code?: string}} */ (fault);
    refuse(code === "cannot_open" ? "salah" : "gagal");
  } finally {
    field("sandi").value = "";
    say("status", "");
    busy(form, false);
  }
}

function forget() {
  part("nama-terbuka").textContent = "";
  part("nama-terbuka").hidden = true;
}

if (reading) {
  reading.addEventListener("submit", (event) => {
    event.preventDefault();
    void read(reading);
  });
  addEventListener("pagehide", forget);
  busy(reading, false);
}
