// @ts-check
// Which of the six kinds a file is: its first bytes decide, never its name.
// The twin of shared/media/kinds.py; tests/vectors/media.json holds both to the same answers.
import { Refusal } from "../../../../../shared/web/js/errors.js";

export const MOST_FILES = 5;
export const MOST_BYTES = 10 * 1024 * 1024;
const MOST_PIXELS = 64_000_000;
const SOUND_BRANDS = ["M4A ", "M4B ", "M4P "];
const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif"];
const ZIP_END = 22;

/** @param {Uint8Array} content @param {number} at @param {number} size one character a byte */
export const letters = (content, at, size) =>
  String.fromCharCode(...content.subarray(Math.max(at, 0), Math.max(at, 0) + size));

/** @param {Uint8Array} content @param {number} at @param {number} size big-endian, 0 past the end */
export function number(content, at, size) {
  let value = 0;
  for (let i = at; i < at + size && i < content.length; i++) value = value * 256 + content[i];
  return value;
}

/** @param {Uint8Array} content @param {string} text @param {number} [from] -1 when not there */
export function find(content, text, from = 0) {
  const first = text.charCodeAt(0);
  let at = content.indexOf(first, from);
  while (at >= 0 && letters(content, at, text.length) !== text) at = content.indexOf(first, at + 1);
  return at;
}

/** @param {Uint8Array} content @param {string} text @param {number} [from] */
export function findLast(content, text, from = content.length) {
  const first = text.charCodeAt(0);
  let at = content.lastIndexOf(first, from);
  while (at >= 0 && letters(content, at, text.length) !== text)
    at = at === 0 ? -1 : content.lastIndexOf(first, at - 1);
  return at;
}

/** @param {number} width @param {number} height refuses what would flood whoever opens it */
export function checkSides(width, height) {
  if (width === 0 || height === 0) throw new Refusal("file_broken");
  if (width * height > MOST_PIXELS) throw new Refusal("file_pixels");
}

/**
 * The media type; refuses with file_kind, file_heic or file_two_kinds.
 * @param {Uint8Array} content
 */
export function mediaOf(content) {
  if (letters(content, 0, 3) === "\xff\xd8\xff") return "image/jpeg";
  if (letters(content, 0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (letters(content, 0, 5) === "%PDF-") return "application/pdf";
  if (letters(content, 4, 4) === "ftyp") return boxed(letters(content, 8, 4));
  const isLayer3 = content.length > 2 && content[0] === 0xff && (content[1] & 0xe6) === 0xe2;
  if (letters(content, 0, 3) === "ID3" || isLayer3) return "audio/mpeg";
  const within = find(content.subarray(0, 1024), "%PDF-") >= 0;
  throw new Refusal(within ? "file_two_kinds" : "file_kind");
}

/** @param {string} brand */
function boxed(brand) {
  if (HEIC_BRANDS.includes(brand)) throw new Refusal("file_heic");
  if (brand === "qt  ") throw new Refusal("file_kind");
  return SOUND_BRANDS.includes(brand) ? "audio/mp4" : "video/mp4";
}

/** @param {Uint8Array} content whether a ZIP archive ends where the file ends */
export function endsAsZip(content) {
  const tail = content.subarray(Math.max(0, content.length - 65535 - ZIP_END));
  let at = findLast(tail, "PK\x05\x06");
  while (at >= 0) {
    const comment = (tail[at + 20] ?? 0) + 256 * (tail[at + 21] ?? 0);
    if (at + ZIP_END + comment === tail.length) return true;
    at = at === 0 ? -1 : findLast(tail, "PK\x05\x06", at - 1);
  }
  return false;
}
