// @ts-check
// Prepares a hand-over: each sealed file gets a second header here, for the unit that is to have the
// case and for oversight. Only headers come and go; nothing is read, and no file key leaves this page.
import { base64, fromBase64, utf8 } from "../../../../shared/web/js/bytes.js";
import { sha256Hex } from "../../../../shared/web/js/record.js";
import { rewrapHeader } from "../../../../shared/web/js/rewrap.js";
import { sendFilled, stretched } from "./frasa.js";
import { get, unitIdentities } from "./opening.js";
import { field, say } from "./page.js";

/** @typedef {{direction: "in" | "out" | "unit", seq: number, header: string}} Sealed */
/** @typedef {{identity: string, unit_keys: string[], epoch: number, to: string[], files: Sealed[]}} Material */

/** @param {string} word @param {Record<string, string>} [params] @returns {false} */
function refused(word, params) {
  say("status", "");
  say("galat", word, params);
  return false;
}

/** @param {string} recipient @returns {string} as the page shows it: four groups of four digits */
const fingerprint = (recipient) =>
  (sha256Hex(utf8(recipient)).slice(0, 16).match(/.{4}/g) ?? []).join(" ");

/**
 * [direction, number, header] of every file; the first that does not open ends it.
 * @param {Material} material @param {string[]} identities
 */
async function rewrapped({ files, to }, identities) {
  const made = [];
  for (const { direction, seq, header } of files) {
    const fresh = await rewrapHeader(fromBase64(header), identities, to).catch(() => null);
    if (!fresh) return { made: [], unopened: `${direction} ${seq}` };
    made.push([direction, seq, base64(fresh)]);
  }
  return { made, unopened: "" };
}

sendFilled(
  "bekal",
  async (form) => {
    const { nama = "", deployment = "", bahan = "" } = form.dataset;
    /** @type {HTMLInputElement | null} */
    const chosen = form.querySelector('input[name="unit"]:checked');
    if (!chosen) return refused("pilih");
    const { authKey, kek } = await stretched(field("sandi").value, nama, deployment);
    authKey.fill(0);
    /** @type {Material} */
    const material = await (await get(`${bahan}${chosen.value}`)).json();
    // Who reads the page compares this fingerprint; the key that is used must be the one it is of.
    if (fingerprint(material.to[0]) !== chosen.dataset.sidik) return refused("kunci_berubah");
    say("status", "membungkus");
    // Notes of the unit stay behind unless it is said that they go along.
    if (!field("catatan")?.checked)
      material.files = material.files.filter(({ direction }) => direction !== "unit");
    const identities = await unitIdentities(material, kek).finally(() => kek.fill(0));
    const { made, unopened } = await rewrapped(material, identities);
    if (unopened) return refused("tak_terbuka", { surat: unopened });
    field("kepala").value = JSON.stringify(made);
    field("epok").value = `${material.epoch}`;
    return true;
  },
  { wrong: "salah", at: "sandi" },
);
