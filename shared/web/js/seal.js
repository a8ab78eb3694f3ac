// @ts-check
// Seal and open age files in the browser: complaints, letters, evidence and small facts.
// The twin of shared/crypto/age.py, sealing.py, attachment.py and unseal.py.

import { sha256 } from "@noble/hashes/sha2.js";
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from "age-encryption";
import { hex, join, readU32, u32, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";
import { canonical, pack, sha256Hex, unpack } from "./record.js";

/** @typedef {import("./record.js").Attachment} Attachment */
/** @typedef {import("./record.js").Header} Header */

const JSON_CLASSES = [1024, 4096, 16384];
const PIECE = 64 * 1024;
const SMALLEST_PART = 64 * 1024;
const MOST_PARTS = 17; // as the server takes them, 1 MiB each at most
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
 * The envelope of a letter; letters count from 1 in each direction. `text` is the sealed name
 * (keeping.js) where `kind` is "identity".
 * @param {{kind?: "letter" | "identity" | "note", case: string, direction: "in" | "out" | "unit", seq: number, prev: string, unit: string,
 *   epoch: number, text: string, recipients: string[], attachments?: Attachment[]}} what
 */
export async function sealLetter({ recipients, text, attachments = [], ...place }) {
  const { kind = "letter", case: id, direction, seq, prev, unit, epoch } = place;
  /** @type {Header} */
  const header = { v: 1, kind, case: id, direction, seq, prev, unit, epoch, attachments };
  return encrypt(pack(header, kind === "identity" ? { kept: text } : { text }), recipients);
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
 * As sealAttachment, a piece at a time: no more than a part of the sealed file is in memory.
 * `parts` gives the file from its start, each part but the last `partBytes` long; `attachment` is
 * whole once the last part was given.
 * @param {Uint8Array} content @param {string} media
 */
export async function sealInParts(content, media) {
  const total = ATTACHMENT_CLASSES.find((size) => content.length <= size);
  if (total === undefined) throw new Refusal("too_long", { limit_bytes: 2 ** 24 });
  const key = await generateHybridIdentity();
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(key));
  const sealed = await encrypter.encrypt(paddedStream(content, total));
  const sizeBytes = sealed.size(total);
  const partBytes = Math.max(SMALLEST_PART, Math.ceil(sizeBytes / MOST_PARTS));
  /** @type {Attachment} */
  const attachment = {
    name: hex(crypto.getRandomValues(new Uint8Array(16))),
    size: content.length, media, sha256: "", key,
  };
  return { attachment, sizeBytes, partBytes, parts: partsOf(sealed, partBytes, attachment) };
}

/** @param {Uint8Array} content @param {number} total with zeros behind it */
function paddedStream(content, total) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      const piece = new Uint8Array(Math.min(PIECE, total - at));
      piece.set(content.subarray(at, at + piece.length));
      at += piece.length;
      controller.enqueue(piece);
      if (at === total) controller.close();
    },
  });
}

/** @param {ReadableStream<Uint8Array>} sealed @param {number} size @param {Attachment} attachment */
async function* partsOf(sealed, size, attachment) {
  const digest = sha256.create();
  const reader = sealed.getReader();
  let part = new Uint8Array(size);
  let held = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    digest.update(value);
    for (let at = 0; at < value.length; ) {
      const taken = value.subarray(at, at + size - held);
      part.set(taken, held);
      held += taken.length;
      at += taken.length;
      if (held < size) continue;
      yield part;
      part = new Uint8Array(size);
      held = 0;
    }
  }
  attachment.sha256 = hex(digest.digest());
  if (held > 0) yield part.subarray(0, held);
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
