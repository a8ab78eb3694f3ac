// @ts-check
// Bytes to text and back, the same everywhere.

const encoder = new TextEncoder();

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} UTF-8 */
export const utf8 = (text) => encoder.encode(text);

/** @param {Uint8Array} content @returns {string} lower-case hexadecimal */
export const hex = (content) =>
  Array.from(content, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {string} text hexadecimal @returns {Uint8Array<ArrayBuffer>} */
export function fromHex(text) {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError("not hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/** @param {Uint8Array} content @returns {string} padded base64 (RFC 4648 §4) */
export function base64(content) {
  let binary = "";
  for (let start = 0; start < content.length; start += 8192)
    binary += String.fromCharCode(...content.subarray(start, start + 8192));
  return btoa(binary);
}

/** @param {string} text base64 or base64url, padded or not @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param {Uint8Array} content @returns {string} unpadded base64url (RFC 4648 §5) */
export const base64url = (content) =>
  base64(content).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @param {Uint8Array} left @param {Uint8Array} right equal without an early exit */
export function isEqual(left, right) {
  let difference = left.length ^ right.length;
  for (let i = 0; i < left.length; i++) difference |= left[i] ^ (right[i] ?? 0);
  return difference === 0;
}

/** @param {number} value @returns {Uint8Array<ArrayBuffer>} four bytes, big-endian */
export function u32(value) {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setUint32(0, value);
  return four;
}

/** @param {Uint8Array} content @param {number} at @returns {number} four bytes, big-endian */
export const readU32 = (content, at) =>
  new DataView(content.buffer, content.byteOffset, content.byteLength).getUint32(at);
