// @ts-check
// Signed mailbox requests: Ed25519 over method, path, nonce and body.
// The twin of shared/crypto/signing.py.

import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url, utf8 } from "./bytes.js";
import { sha256Hex } from "./record.js";

/** @typedef {import("./receipt.js").ReceiptKeys} ReceiptKeys */

/**
 * @param {string} method @param {string} path without host and query
 * @param {string} nonce as the server gave it @param {Uint8Array} body
 * @returns {Uint8Array<ArrayBuffer>}
 */
export const requestString = (method, path, nonce, body) =>
  utf8(["kentongan/v1 request", method.toUpperCase(), path, nonce, sha256Hex(body)].join("\n"));

/** @param {Uint8Array} seed 32 bytes @param {Uint8Array} message @returns {Uint8Array} 64 bytes */
export const sign = (seed, message) => ed25519.sign(message, seed);

/**
 * The four headers of a mailbox request.
 * @param {ReceiptKeys} keys
 * @param {{method: string, path: string, nonce: string, body?: Uint8Array}} request
 * @returns {Record<string, string>}
 */
export function mailboxHeaders(keys, { method, path, nonce, body = new Uint8Array() }) {
  return {
    "Kentongan-Mailbox": base64url(keys.lookup),
    "Kentongan-Key": base64url(keys.signPublic),
    "Kentongan-Nonce": nonce,
    "Kentongan-Signature": base64url(
      sign(keys.signSeed, requestString(method, path, nonce, body)),
    ),
  };
}
