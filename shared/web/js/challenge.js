// @ts-check
// Proof of work, ALTCHA's first format: the device computes for a moment, nobody solves a puzzle.
// The twin of shared/crypto/proof.py; what it is for is said there and in docs/adr/0018.
import { sha256 } from "@noble/hashes/sha2.js";
import { base64, fromHex, hex, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";

/**
 * @typedef {object} Challenge
 * @property {string} algorithm
 * @property {string} challenge
 * @property {number} maxnumber
 * @property {string} salt
 * @property {string} signature
 */
/** @typedef {(share: number) => void} Told 0 to 1 */

const ALGORITHM = "SHA-256";
const MOST_TRIES = 10_000_000;
const SLICE = 5_000; // 7 ms on this machine, 50 ms on a cheap phone

/** @param {any} told @returns {Challenge} what a server answered; refuses what nobody should try */
export function readChallenge(told) {
  const { algorithm, challenge, maxnumber, salt, signature } = told ?? {};
  const texts = [challenge, salt, signature].every((text) => typeof text === "string");
  const fits = Number.isSafeInteger(maxnumber) && maxnumber > 0 && maxnumber <= MOST_TRIES;
  if (!texts || !fits || algorithm !== ALGORITHM || !/^[0-9a-f]{64}$/.test(challenge))
    throw new Refusal("proof_impossible");
  return { algorithm, challenge, maxnumber, salt, signature };
}

/**
 * Tries the numbers from `from` up to, not including, `to`; -1 when none fits. The state after the
 * salt is kept, which makes it three times as fast; WebCrypto's one promise a try is forty times
 * slower than this.
 * @param {Challenge} challenge @param {number} from @param {number} to
 */
export function search(challenge, from, to) {
  const begun = sha256.create().update(utf8(challenge.salt));
  const wanted = fromHex(challenge.challenge);
  const [tried, digits, digest] = [sha256.create(), new Uint8Array(16), new Uint8Array(32)];
  for (let number = from; number < to; number++) {
    const text = String(number);
    for (let i = 0; i < text.length; i++) digits[i] = text.charCodeAt(i);
    begun._cloneInto(tried).update(digits.subarray(0, text.length)).digestInto(digest);
    if (digest[0] === wanted[0] && digest.every((byte, i) => byte === wanted[i])) return number;
  }
  return -1;
}

/**
 * Slice by slice, so that whoever shares the thread goes on living.
 * @param {Challenge} challenge @param {Told} onProgress @param {() => Promise<void>} [rest]
 * @returns {Promise<number>}
 */
export async function solve(challenge, onProgress, rest = async () => {}) {
  for (let from = 0; from <= challenge.maxnumber; from += SLICE) {
    const found = search(challenge, from, Math.min(from + SLICE, challenge.maxnumber + 1));
    if (found >= 0) return found;
    onProgress(from / challenge.maxnumber);
    await rest();
  }
  throw new Refusal("proof_impossible");
}

/** @param {Challenge} challenge @param {number} number @returns {string} the header's value */
export function proofOf({ algorithm, challenge, salt, signature }, number) {
  return base64(utf8(JSON.stringify({ algorithm, challenge, salt, signature, number })));
}

/** @param {Uint8Array} content @returns {string} what a challenge is asked for */
export const askedFor = (content) => hex(sha256(content));
