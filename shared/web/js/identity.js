// @ts-check
// X-Wing identities as age writes them: bech32 (BIP 173) of a 32-byte seed.

import { Refusal } from "./errors.js";

const CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const PREFIX = "age-secret-key-pq-";

/** @param {number[]} values @returns {number} the checksum's remainder */
function remainder(values) {
  let state = 1;
  for (const value of values) {
    const top = state >>> 25;
    state = ((state & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) state ^= GENERATOR[bit];
  }
  return state;
}

/** @param {Uint8Array} content @returns {number[]} five-bit words, zero-filled at the end */
function words(content) {
  const out = [];
  let held = 0;
  let bits = 0;
  for (const byte of content) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out.push((held >>> bits) & 31);
    }
  }
  if (bits > 0) out.push((held << (5 - bits)) & 31);
  return out;
}

/** @param {Uint8Array} seed 32 bytes @returns {string} `AGE-SECRET-KEY-PQ-1…` */
export function identityFromSeed(seed) {
  if (seed.length !== 32) throw new Refusal("identity_malformed");
  const codes = Array.from(PREFIX, (character) => character.charCodeAt(0));
  const prefix = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)];
  const data = words(seed);
  const check = remainder([...prefix, ...data, 0, 0, 0, 0, 0, 0]) ^ 1;
  const tail = [25, 20, 15, 10, 5, 0].map((shift) => (check >>> shift) & 31);
  return `${PREFIX}1${[...data, ...tail].map((word) => CHARSET[word]).join("")}`.toUpperCase();
}
