// @ts-check
// Slow keys out of what people keep in their heads, and labelled keys out of those.
// The twin of shared/crypto/kdf.py.

import { argon2idAsync } from "@noble/hashes/argon2.js";
import { expand as hkdfExpand } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.js";

const PREFIX = "kentongan/v1 ";

/** @param {string} text @returns {Uint8Array} first 16 bytes of SHA-256("kentongan/v1 " ‖ text) */
export const salt = (text) => sha256(utf8(PREFIX + text)).slice(0, 16);

/**
 * 32 bytes of Argon2id (RFC 9106), one lane, yielding to the page every 20 ms.
 * @param {Uint8Array} secret
 * @param {Uint8Array} salt16
 * @param {{memoryKib: number, iterations: number, onProgress?: (share: number) => void}} cost
 */
export const argon2id = (secret, salt16, { memoryKib, iterations, onProgress }) =>
  argon2idAsync(secret, salt16, {
    m: memoryKib,
    t: iterations,
    p: 1,
    dkLen: 32,
    asyncTick: 20,
    ...(onProgress ? { onProgress } : {}),
  });

/** @param {Uint8Array} prk @param {string} label @param {number} size HKDF-Expand-SHA-256 */
export const expand = (prk, label, size) => hkdfExpand(sha256, prk, utf8(PREFIX + label), size);
