// @ts-check
// The reporter's 24 digits and the keys they give. The twin of shared/crypto/receipt.py.

import { ed25519 } from "@noble/curves/ed25519.js";
import { identityToRecipient } from "age-encryption";
import { utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";
import { identityFromSeed } from "./identity.js";
import { argon2id, expand, salt } from "./kdf.js";

export const DIGITS = 24;
const COST = { memoryKib: 19 * 1024, iterations: 2 };
// First code point of each run of ten digits a phone in Indonesia may type.
const ZEROS = [0x30, 0x660, 0x6f0, 0x1b50, 0x1bb0, 0xa9d0, 0xff10];
// Damm's quasigroup of order 10.
const DAMM = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

/**
 * @typedef {object} ReceiptKeys
 * @property {Uint8Array} prk 32 bytes
 * @property {Uint8Array} lookup 16 bytes, finds the mailbox
 * @property {Uint8Array} signSeed 32 bytes
 * @property {Uint8Array} signPublic 32 bytes
 * @property {string} boxIdentity `AGE-SECRET-KEY-PQ-1…`
 * @property {string} boxRecipient `age1pq1…`
 * @property {Uint8Array} eventsKey 32 bytes
 * @property {Uint8Array} onceKey 32 bytes
 */

/** @param {string} digits @returns {string} the digit that makes it valid; "0" if it is */
export function checkDigit(digits) {
  let state = "0";
  for (const digit of digits) state = DAMM[Number(state)][Number(digit)];
  return state;
}

/** @returns {string} 24 fresh digits */
export function newReceipt() {
  let digits = "";
  while (digits.length < DIGITS - 1) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 250) digits += String(byte % 10);
  }
  return digits + checkDigit(digits);
}

/** @param {string} character @returns {string} its ASCII digit, "" if it is none */
function asciiDigit(character) {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? "" : String(code - zero);
}

/**
 * 24 ASCII digits out of what was typed; refuses with receipt_length or receipt_check.
 * @param {string} text
 */
export function normalise(text) {
  const digits = Array.from(text).slice(0, 1024).map(asciiDigit).join("");
  if (digits.length !== DIGITS) throw new Refusal("receipt_length", { digits: digits.length });
  if (checkDigit(digits) !== "0") throw new Refusal("receipt_check");
  return digits;
}

/** @param {string} digits @returns {string} "1234 5678 …" */
export const group = (digits) => (digits.match(/.{1,4}/g) ?? []).join(" ");

/** @param {Uint8Array} prk 32 bytes @returns {Promise<ReceiptKeys>} */
export async function keysFromPrk(prk) {
  const signSeed = expand(prk, "sign", 32);
  const boxIdentity = identityFromSeed(expand(prk, "box", 32));
  return {
    prk,
    lookup: expand(prk, "lookup", 16),
    signSeed,
    signPublic: ed25519.getPublicKey(signSeed),
    boxIdentity,
    boxRecipient: await identityToRecipient(boxIdentity),
    eventsKey: expand(prk, "events", 32),
    onceKey: expand(prk, "once", 32),
  };
}

/**
 * The keys of normalised digits; about half a second on a phone.
 * @param {string} digits
 * @param {string} deployment
 * @param {(share: number) => void} [onProgress]
 * @returns {Promise<ReceiptKeys>}
 */
export async function derive(digits, deployment, onProgress) {
  const cost = onProgress ? { ...COST, onProgress } : COST;
  return keysFromPrk(await argon2id(utf8(digits), salt(`receipt${deployment}`), cost));
}
