// @ts-check
// A name sealed apart from the story it belongs to, so that reading the story does not open it.
// The twin of shared/crypto/keeping.py, which says what stands where.

import { base64, fromBase64 } from "./bytes.js";
import { Refusal } from "./errors.js";
import { NAME_CLASS, checkPlace, pack } from "./record.js";
import { encrypt, openRecord } from "./seal.js";

/** @typedef {{unit: string, epoch: number, recipient: string}} Keeper */

const INTRO = "age-encryption.org/v1\n";
const STANZA = "-> mlkem768x25519 ";
const SHARE = /^[A-Za-z0-9+/]{1494}$/; // 1,120 bytes
const TAG = 16;

/**
 * The name as `kept` of the complaint (seq 0) or identity letter `seq`.
 * @param {string} name
 * @param {{case: string, seq: number, keeper: Keeper, oversight: string}} place
 */
export async function sealName(name, { case: id, seq, keeper, oversight }) {
  /** @type {import("./record.js").Header} */
  const header = {
    v: 1, kind: "name", case: id, direction: "keeper", seq, prev: "",
    unit: keeper.unit, epoch: keeper.epoch, attachments: [],
  };
  return base64(await encrypt(pack(header, { name }), [keeper.recipient, oversight]));
}

/**
 * The sealed file in `kept`; refuses with `record_malformed` what has not the shape of a sealed name
 * for exactly two.
 * @param {string} kept
 */
export function readKept(kept) {
  const malformed = new Refusal("record_malformed");
  let file;
  try {
    file = fromBase64(kept);
  } catch {
    throw malformed;
  }
  const text = new TextDecoder("latin1").decode(file);
  const end = text.indexOf("\n--- ");
  const payload = text.indexOf("\n", end + 1) + 1;
  const lines = text.slice(0, end).split("\n").slice(1);
  const stanzas = lines.filter((line) => line.startsWith("-> "));
  const isGood =
    text.startsWith(INTRO) &&
    end > 0 &&
    lines.length === 4 &&
    stanzas.length === 2 &&
    stanzas.every((line) => line.startsWith(STANZA) && SHARE.test(line.slice(STANZA.length))) &&
    file.length - payload === TAG + NAME_CLASS + TAG;
  if (!isGood) throw malformed;
  return file;
}

/**
 * The name; refuses what is no name, or one of another case or letter.
 * @param {Uint8Array} file @param {string[]} identities @param {{case: string, seq: number}} place
 */
export async function openName(file, identities, { case: id, seq }) {
  const { header, body } = await openRecord(file, identities);
  if (header.kind !== "name") throw new Refusal("record_malformed");
  checkPlace(header, { case: id, direction: "keeper", seq, prev: "" });
  return body.name ?? "";
}
