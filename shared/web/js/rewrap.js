// @ts-check
// Another header for a sealed file, so that others are let at it; the payload is neither needed nor
// touched. The twin of `rewrap` in shared/crypto/unseal.py and of `header_of` in age_format.py.

import { Decrypter, Encrypter } from "age-encryption";
import { isEqual, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";

const MAC_LINE = utf8("\n--- "); // after it the MAC ends the header's last line

/**
 * Bytes of the header with its MAC and its last LF; refuses with `malformed_envelope`.
 * @param {Uint8Array} file
 */
export function headerLength(file) {
  const mac = file.findIndex((_, at) => MAC_LINE.every((byte, n) => file[at + n] === byte));
  const end = file.indexOf(0x0a, mac + 1);
  if (mac < 0 || end < 0) throw new Refusal("malformed_envelope");
  return end + 1;
}

/**
 * The header of the same file for `recipients` (`age1pq1…`). Refuses with `cannot_open` when no
 * identity fits or the header's MAC is not its own, and with `recipient_malformed`.
 * @param {Uint8Array} header @param {string[]} identities @param {string[]} recipients
 * @returns {Promise<Uint8Array>}
 */
export async function rewrapHeader(header, identities, recipients) {
  const fileKey = await fileKeyOf(header, identities);
  const encrypter = new Encrypter();
  try {
    // The library draws a file key of its own: ours is put in its place before any recipient gets it.
    encrypter.addRecipient({
      wrapFileKey: (drawn) => {
        drawn.set(fileKey);
        return [];
      },
    });
    for (const recipient of recipients) {
      if (!recipient.startsWith("age1pq1")) throw new TypeError("not hybrid");
      encrypter.addRecipient(recipient);
    }
  } catch {
    throw new Refusal("recipient_malformed");
  }
  encrypter.addRecipient({
    wrapFileKey: (wrapped) => {
      if (!isEqual(wrapped, fileKey)) throw new Refusal("cannot_open");
      return [];
    },
  });
  try {
    const empty = await encrypter.encrypt(new Uint8Array(0));
    return empty.slice(0, headerLength(empty));
  } finally {
    fileKey.fill(0);
  }
}

/** @param {Uint8Array} header @param {string[]} identities @returns {Promise<Uint8Array>} 16 bytes */
async function fileKeyOf(header, identities) {
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
    return new Uint8Array(await decrypter.decryptHeader(header));
  } catch {
    throw new Refusal("cannot_open");
  }
}
