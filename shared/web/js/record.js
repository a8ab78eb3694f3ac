// @ts-check
// The plaintext inside an envelope: a header that says where it belongs, and a body.
// The twin of shared/crypto/record.py, whose docstring draws the format.

import { sha256 } from "@noble/hashes/sha2.js";
import { hex, isEqual, join, readU32, u32, utf8 } from "./bytes.js";
import { Refusal } from "./errors.js";

const MAGIC = utf8("kentongan/v1 record\n");
const CLASSES = [16 * 1024, 64 * 1024];
export const NAME_CLASS = 2 * 1024;
const KEPT_ROOM = 7030; // what a sealed name takes in the body that holds it
/** `required`: exactly one of these. @type {Record<string, {required: string[], keys: string[]}>} */
const BODIES = {
  complaint: {
    required: ["story"],
    keys: ["story", "asked", "paid", "who", "place", "contact_wish", "box", "kept"],
  },
  letter: { required: ["text"], keys: ["text"] },
  identity: { required: ["name", "kept"], keys: ["name", "kept"] },
  note: { required: ["text"], keys: ["text"] },
  name: { required: ["name"], keys: ["name"] },
};
const DIRECTIONS = ["in", "out", "unit", "keeper"];
/** The kind and its direction, which no other kind has. @type {Record<string, string>} */
const OWN_WAY = { note: "unit", name: "keeper" };
const HEADER = "attachments,case,direction,epoch,kind,prev,seq,unit,v";
const ATTACHMENT = "key,media,name,sha256,size";

/**
 * @typedef {object} Attachment
 * @property {string} name 32 hex digits, the upload's name
 * @property {number} size plain bytes
 * @property {string} media type
 * @property {string} sha256 of the sealed bytes, hex
 * @property {string} key one-off identity
 */
/**
 * @typedef {object} Header
 * @property {1} v
 * @property {"complaint" | "letter" | "identity" | "note" | "name"} kind
 * @property {string} case
 * @property {"in" | "out" | "unit" | "keeper"} direction
 * @property {number} seq
 * @property {string} prev hex SHA-256 of the ciphertext before it in this direction, or ""
 * @property {string} unit
 * @property {number} epoch
 * @property {Attachment[]} attachments
 */

const malformed = () => new Refusal("record_malformed");

/** @param {Uint8Array} content @returns {string} */
export const sha256Hex = (content) => hex(sha256(content));

/**
 * Canonical JSON (RFC 8785) of what we seal: objects, arrays, strings and whole numbers.
 * @param {unknown} value @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, one]) => `${canonical(key)}:${canonical(one)}`).join(",")}}`;
  }
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) throw malformed();
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw malformed();
  if (value === undefined) throw malformed();
  return JSON.stringify(value);
}

/** @param {Uint8Array} text @returns {any} */
function readCanonical(text) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text));
    if (isEqual(utf8(canonical(value)), text)) return value;
  } catch {
    throw malformed();
  }
  throw malformed();
}

/** @param {unknown} value @param {string} keys sorted, comma-separated */
const hasKeys = (value, keys) =>
  value !== null && typeof value === "object" && Object.keys(value).sort().join() === keys;

/** @param {unknown} value */
const isCount = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 32;

/** @param {unknown} value @param {RegExp} shape */
const matches = (value, shape) => typeof value === "string" && shape.test(value);

/** @param {any} one */
const isAttachment = (one) =>
  hasKeys(one, ATTACHMENT) &&
  matches(one.name, /^[0-9a-f]{32}$/) &&
  matches(one.sha256, /^[0-9a-f]{64}$/) &&
  matches(one.media, /^/) &&
  matches(one.key, /^/) &&
  isCount(one.size);

/** A note and a name have a direction each that no other has; a name brings no files. @param {any} header */
function goesItsWay({ kind, direction, attachments, prev }) {
  const own = Object.hasOwn(OWN_WAY, kind) ? OWN_WAY[kind] : "";
  if (kind === "name" && (prev !== "" || !Array.isArray(attachments) || attachments.length > 0))
    return false;
  return own ? direction === own : !Object.values(OWN_WAY).includes(direction);
}

/** @param {any} header @returns {Header} the header itself; refuses an impossible one */
function checkedHeader(header) {
  const isGood =
    hasKeys(header, HEADER) &&
    header.v === 1 &&
    Object.hasOwn(BODIES, header.kind) &&
    DIRECTIONS.includes(header.direction) &&
    goesItsWay(header) &&
    matches(header.case, /^./s) &&
    matches(header.unit, /^./s) &&
    matches(header.prev, /^(?:[0-9a-f]{64})?$/) &&
    isCount(header.seq) &&
    isCount(header.epoch) &&
    Array.isArray(header.attachments) &&
    header.attachments.every(isAttachment);
  if (!isGood) throw malformed();
  return header;
}

/** @param {string} kind @param {unknown} body @returns {Record<string, string>} */
function checkedBody(kind, body) {
  const shape = BODIES[kind];
  const isGood =
    body !== null &&
    typeof body === "object" &&
    !Array.isArray(body) &&
    shape.required.filter((key) => Object.hasOwn(body, key)).length === 1 &&
    Object.entries(body).every(
      ([key, text]) => shape.keys.includes(key) && typeof text === "string",
    );
  if (!isGood) throw malformed();
  return /** @type {Record<string, string>} */ (body);
}

/** @param {Header} header @param {Record<string, string>} body @returns {Uint8Array<ArrayBuffer>} */
export function pack(header, body) {
  const head = utf8(canonical(checkedHeader(header)));
  const text = utf8(canonical(checkedBody(header.kind, body)));
  const plain = join(MAGIC, u32(head.length), head, u32(text.length), text);
  const total = sizeOf(header.kind, Object.hasOwn(body, "kept"), plain.length);
  if (total === undefined) throw new Refusal("too_long", { limit_bytes: CLASSES[1] - 4 });
  const padded = new Uint8Array(total);
  padded.set(plain);
  return padded;
}

/** A complaint that keeps no name leaves the room of one: its size does not tell.
 * @param {string} kind @param {boolean} keeps @param {number} size */
function sizeOf(kind, keeps, size) {
  if (kind === "name") return size <= NAME_CLASS ? NAME_CLASS : undefined;
  const room = kind === "complaint" && !keeps ? KEPT_ROOM : 0;
  const wanted = Math.max(size, Math.min(size + room, CLASSES[1]));
  return CLASSES.find((one) => wanted <= one);
}

/** @param {Uint8Array} padded @param {number} start @returns {[Uint8Array, number]} */
function take(padded, start) {
  if (start + 4 > padded.length) throw malformed();
  const end = start + 4 + readU32(padded, start);
  if (end > padded.length) throw malformed();
  return [padded.subarray(start + 4, end), end];
}

/** @param {Uint8Array} padded @returns {{header: Header, body: Record<string, string>}} */
export function unpack(padded) {
  const magic = padded.subarray(0, MAGIC.length);
  if (![NAME_CLASS, ...CLASSES].includes(padded.length) || !isEqual(magic, MAGIC)) throw malformed();
  const [head, afterHead] = take(padded, MAGIC.length);
  const [text, end] = take(padded, afterHead);
  if (padded.subarray(end).some((byte) => byte !== 0)) throw malformed();
  const header = checkedHeader(readCanonical(head));
  if ((header.kind === "name") !== (padded.length === NAME_CLASS)) throw malformed();
  return { header, body: checkedBody(header.kind, readCanonical(text)) };
}

/**
 * Refuses with `misplaced` unless the record belongs exactly here.
 * @param {Header} header
 * @param {{case: string, direction: "in" | "out" | "unit" | "keeper", seq: number, prev: string}} place
 */
export function checkPlace(header, place) {
  const isHere =
    header.case === place.case &&
    header.direction === place.direction &&
    header.seq === place.seq &&
    header.prev === place.prev;
  if (!isHere) throw new Refusal("misplaced");
}
