// @ts-check
// Reads tests/vectors: the same literal bytes the Python tests read.

import { readFileSync } from "node:fs";
import { fromBase64 } from "../../shared/web/js/bytes.js";

/** @param {string} name @returns {any} */
export const load = (name) =>
  JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));

/** A record's plaintext, stored without its zeros. @param {{head: string, length: number}} packed */
export function unpacked({ head, length }) {
  const padded = new Uint8Array(length);
  padded.set(fromBase64(head));
  return padded;
}
