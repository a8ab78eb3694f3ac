// @ts-check
// Opens what is sealed in a case: keys from the passphrase, then every letter in its place.
import { fromBase64, join } from "../../../../shared/web/js/bytes.js";
import { Refusal } from "../../../../shared/web/js/errors.js";
import { openUnitKey, unwrapIdentity } from "../../../../shared/web/js/person.js";
import { checkPlace, sha256Hex } from "../../../../shared/web/js/record.js";
import { headerLength } from "../../../../shared/web/js/rewrap.js";
import { openRecord } from "../../../../shared/web/js/seal.js";

/** @typedef {import("../../../../shared/web/js/record.js").Header} Header */
/** @typedef {{direction: "in" | "out" | "unit", seq: number, url: string, header?: string, chain?: string}} Place */
/** @typedef {{identity: string, unit_keys: string[], letters: Place[], notes: Place[]}} Locked */
/** @typedef {{place: Place, header: Header, body: Record<string, string>}} Opened */
/** @typedef {{place: Place, fault: string}} Unopened */

/**
 * @param {string} url
 * @returns {Promise<Response>}
 */
export async function get(url) {
  const answer = await fetch(url, { redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer;
}

/**
 * The unit's identities, opened by the person's key; refuses with `cannot_open` (another
 * passphrase) or `no_unit_key` (this person was given none of the unit's keys).
 * @param {Pick<Locked, "identity" | "unit_keys">} locked
 * @param {Uint8Array} kek
 * @returns {Promise<string[]>}
 */
export async function unitIdentities(locked, kek) {
  const seeds = await unwrapIdentity(kek, fromBase64(locked.identity));
  try {
    const keys = locked.unit_keys.map((file) => openUnitKey(fromBase64(file), seeds));
    const tried = await Promise.allSettled(keys);
    const held = tried.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    if (held.length === 0) throw new Refusal("no_unit_key");
    return held;
  } finally {
    seeds.fill(0);
  }
}

/**
 * The file as it was re-wrapped for this unit: another header before the same payload. The
 * header's MAC is made with the file's own key, so none but its own opens it.
 * @param {Uint8Array} file
 * @param {string | undefined} header base64
 * @returns {Uint8Array}
 */
export function underHeader(file, header) {
  if (!header) return file;
  const end = headerLength(file);
  return join(fromBase64(header), file.subarray(end));
}

/**
 * Every letter of the case, in the server's order. A letter that does not open, or that belongs
 * elsewhere, is told as a fault: it is never shown. `prev` is computed from the bytes we got, which
 * are as they were sent: a re-wrapped header stands beside them. Each unit's notes are a `chain`.
 * @param {string} id the case
 * @param {Place[]} places
 * @param {string[]} identities
 * @returns {Promise<(Opened | Unopened)[]>}
 */
export async function openLetters(id, places, identities) {
  /** @type {Record<string, string>} */
  const last = {};
  const opened = [];
  for (const place of places) {
    const { direction, seq, url, chain = direction } = place;
    try {
      const file = new Uint8Array(await (await get(url)).arrayBuffer());
      const prev = last[chain] ?? "";
      last[chain] = sha256Hex(file);
      const { header, body } = await openRecord(underHeader(file, place.header), identities);
      checkPlace(header, { case: id, direction, seq, prev });
      opened.push({ place, header, body });
    } catch (fault) {
      const code = /** @type {{code?: string}} */ (fault).code ?? "gagal";
      opened.push({ place, fault: code });
    }
  }
  return opened;
}
