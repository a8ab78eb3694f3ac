// @ts-check
// Keys of a person at the desk: stretched, wrapped and opened in the page's memory only.
// The twin of shared/crypto/person.py.

import { identityToRecipient } from "age-encryption";
import { join, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";
import { identityFromSeed } from "./identity.js";
import { argon2id, expand, salt } from "./kdf.js";
import { decrypt } from "./seal.js";

const COST = { memoryKib: 64 * 1024, iterations: 3 };
const NONCE = 12;
const WRAPPED = NONCE + 64 + 16;
const AAD = utf8("kentongan/v1 person");

/** @param {string} name @returns {string} NFKC, trimmed, lower case */
export const normaliseName = (name) => name.normalize("NFKC").trim().toLowerCase();

/**
 * About a second: 32 bytes for the server, 32 that stay here.
 * @param {string} name @param {string} passphrase @param {string} deployment
 * @param {(share: number) => void} [onProgress]
 * @returns {Promise<{authKey: Uint8Array, kek: Uint8Array}>}
 */
export async function stretch(name, passphrase, deployment, onProgress) {
  const salted = salt(`person\0${deployment}\0${normaliseName(name)}`);
  const cost = onProgress ? { ...COST, onProgress } : COST;
  const prk = await argon2id(utf8(passphrase.normalize("NFKC")), salted, cost);
  return { authKey: expand(prk, "person auth", 32), kek: expand(prk, "person kek", 32) };
}

/** @param {string} deployment @returns {Uint8Array} what a passkey's PRF is asked for */
export const prfInput = (deployment) => utf8(`kentongan/v1 person prf\0${deployment}`);

/** @param {Uint8Array} output 32 bytes of a passkey's PRF @returns {Uint8Array} the key it wraps with */
export const kekOfPrf = (output) => expand(output, "person prf kek", 32);

/** @param {Uint8Array} kek @param {"encrypt" | "decrypt"} use */
const cipherKey = (kek, use) =>
  crypto.subtle.importKey("raw", new Uint8Array(kek), "AES-GCM", false, [use]);

/** @param {Uint8Array} kek @param {Uint8Array} seeds 64 bytes @returns {Promise<Uint8Array>} */
export async function wrapIdentity(kek, seeds) {
  if (seeds.length !== 64) throw new Refusal("key_malformed");
  const iv = crypto.getRandomValues(new Uint8Array(NONCE));
  const how = { name: "AES-GCM", iv, additionalData: AAD };
  const key = await cipherKey(kek, "encrypt");
  return join(iv, new Uint8Array(await crypto.subtle.encrypt(how, key, new Uint8Array(seeds))));
}

/** @param {Uint8Array} kek @param {Uint8Array} wrapped @returns {Promise<Uint8Array>} 64 bytes */
export async function unwrapIdentity(kek, wrapped) {
  if (wrapped.length !== WRAPPED) throw new Refusal("cannot_open");
  const how = { name: "AES-GCM", iv: wrapped.slice(0, NONCE), additionalData: AAD };
  const key = await cipherKey(kek, "decrypt");
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, wrapped.slice(NONCE)));
  } catch {
    throw new Refusal("cannot_open");
  }
}

/** @returns {Uint8Array} a person's 64 bytes: X-Wing seed, Ed25519 seed */
export const newSeeds = () => crypto.getRandomValues(new Uint8Array(64));

/** @param {Uint8Array} seeds @returns {string} `AGE-SECRET-KEY-PQ-1…` */
export const identityOf = (seeds) => identityFromSeed(seeds.subarray(0, 32));

/** @param {Uint8Array} seeds @returns {Promise<string>} `age1pq1…` */
export const recipientOf = (seeds) => identityToRecipient(identityOf(seeds));

/**
 * The unit's epoch identity out of the age file its members open.
 * @param {Uint8Array} file @param {Uint8Array} seeds
 */
export async function openUnitKey(file, seeds) {
  return new TextDecoder().decode(await decrypt(file, [identityOf(seeds)]));
}
