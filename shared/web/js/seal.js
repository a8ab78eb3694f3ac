// @ts-check
// Seal and open age files in the browser: complaints, letters, evidence and small facts.
// The twin of shared/crypto/age.py, sealing.py, attachment.py and unseal.py.

import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import { hex, join, readU32, u32, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";
import { canonical, pack, sha256Hex, unpack } from "./record.js";

/** @typedef {import("./record.js").Attachment} Attachment */
/** @typedef {import("./record.js").Header} Header */

const JSON_CLASSES = [1024, 4096, 16384];
const ATTACHMENT_CLASSES = [14, 16, 18, 20, 22, 24].map((power) => 2 ** power);

/**
 * An age v1 file for `age1pq1…` recipients and no others.
 * @param {Uint8Array} plaintext @param {string[]} recipients
 */
export async function encrypt(plaintext, recipients) {
  const encrypter = new Encrypter();
  if (recipients.length === 0) throw new Refusal("recipient_malformed");
  for (const recipient of recipients) {
    try {
      if (!recipient.startsWith("age1pq1")) throw new TypeError("not hybrid");
      encrypter.addRecipient(recipient);
    } catch {
      throw new Refusal("recipient_malformed");
    }
  }
  return encrypter.encrypt(plaintext);
}

/**
 * Refuses with `cannot_open` when no identity fits or the file is not whole.
 * @param {Uint8Array} file @param {string[]} identities
 */
export async function decrypt(file, identities) {
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity);
    return await decrypter.decrypt(file);
  } catch {
    throw new Refusal("cannot_open");
  }
}

/**
 * The envelope of a complaint ("in" 0); recipients are unit, oversight and the reporter's box.
 * @param {{case: string, unit: string, epoch: number, body: Record<string, string>,
 *   recipients: string[], attachments?: Attachment[]}} what
 */
export async function sealComplaint({ recipients, body, attachments = [], ...place }) {
  const { case: id, unit, epoch } = place;
  /** @type {Header} */
  const header = {
    v: 1, kind: "complaint", case: id, direction: "in", seq: 0, prev: "", unit, epoch, attachments,
  };
  return encrypt(pack(header, body), recipients);
}

/**
 * The envelope of a letter; letters count from 1 in each direction.
 * @param {{case: string, direction: "in" | "out", seq: number, prev: string, unit: string,
 *   epoch: number, text: string, recipients: string[], attachments?: Attachment[]}} what
 */
export async function sealLetter({ recipients, text, attachments = [], ...place }) {
  const { case: id, direction, seq, prev, unit, epoch } = place;
  /** @type {Header} */
  const header = { v: 1, kind: "letter", case: id, direction, seq, prev, unit, epoch, attachments };
  return encrypt(pack(header, { text }), recipients);
}

/**
 * Header and body of a complaint or letter; `checkPlace` then says if it belongs.
 * @param {Uint8Array} file @param {string[]} identities
 */
export async function openRecord(file, identities) {
  return unpack(await decrypt(file, identities));
}

/**
 * Canonical JSON padded to 1, 4 or 16 KiB, for one service's key.
 * @param {unknown} content @param {string} recipient
 */
export async function sealJson(content, recipient) {
  const text = utf8(canonical(content));
  const total = JSON_CLASSES.find((size) => text.length + 4 <= size);
  if (total === undefined) throw new Refusal("too_long", { limit_bytes: 16380 });
  const padded = new Uint8Array(total);
  padded.set(join(u32(text.length), text));
  return encrypt(padded, [recipient]);
}

/** @param {Uint8Array} file @param {string[]} identities @returns {Promise<any>} */
export async function openJson(file, identities) {
  const padded = await decrypt(file, identities);
  const end = JSON_CLASSES.includes(padded.length) ? 4 + readU32(padded, 0) : Infinity;
  if (end > padded.length || padded.subarray(end).some((byte) => byte !== 0))
    throw new Refusal("record_malformed");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(padded.subarray(4, end)));
  } catch {
    throw new Refusal("record_malformed");
  }
}

/**
 * Evidence under a one-off key: the bytes to upload and the entry for the record's header.
 * @param {Uint8Array} content @param {string} media
 * @returns {Promise<{sealed: Uint8Array, attachment: Attachment}>}
 */
export async function sealAttachment(content, media) {
  const total = ATTACHMENT_CLASSES.find((size) => content.length <= size);
  if (total === undefined) throw new Refusal("too_long", { limit_bytes: 2 ** 24 });
  const padded = new Uint8Array(total);
  padded.set(content);
  const key = await generateHybridIdentity();
  const sealed = await encrypt(padded, [await identityToRecipient(key)]);
  const name = hex(crypto.getRandomValues(new Uint8Array(16)));
  const attachment = { name, size: content.length, media, sha256: sha256Hex(sealed), key };
  return { sealed, attachment };
}

/**
 * The evidence itself, after its hash was checked.
 * @param {Uint8Array} sealed @param {Attachment} attachment
 */
export async function openAttachment(sealed, attachment) {
  if (sha256Hex(sealed) !== attachment.sha256) throw new Refusal("record_malformed");
  const padded = await decrypt(sealed, [attachment.key]);
  if (!ATTACHMENT_CLASSES.includes(padded.length) || attachment.size > padded.length)
    throw new Refusal("record_malformed");
  return padded.subarray(0, attachment.size);
}
