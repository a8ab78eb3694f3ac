// @ts-check
// Takes out of PDF files what stands there in plain bytes: author, program, dates, photos' EXIF.
// The twin of shared/media/document.py.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { find, findLast, letters, number } from "./kinds.js";

const NAMES = [
  "Author", "Creator", "Producer", "Company", "Manager", "LastModifiedBy", "CreationDate", "ModDate",
];
const EMPTY = [0, 9, 10, 12, 13, 32];
const SPACES = "\t\n\v\f\r ";
const XMP = "http://ns.adobe.com/xap/1.0/\0";

/** @param {Uint8Array} content cleaned in place; refuses with file_broken or file_two_kinds */
export function cleanDocument(content) {
  const end = findLast(content, "%%EOF");
  if (end < 0) throw new Refusal("file_broken");
  if (content.subarray(end + 5).some((byte) => !EMPTY.includes(byte)))
    throw new Refusal(content.length - end > 2048 ? "file_two_kinds" : "file_broken");
  if (isSigned(content)) return;
  blankNamed(content);
  for (let at = find(content, "<?xpacket begin"); at >= 0; ) {
    const over = find(content, "<?xpacket end", at);
    if (over < 0) break;
    content.fill(0x20, at, over);
    at = find(content, "<?xpacket begin", over);
  }
  for (const mark of ["Exif\0\0", XMP]) blankExif(content, mark);
}

/** @param {Uint8Array} content */
function isSigned(content) {
  for (let at = find(content, "/ByteRange"); at >= 0; at = find(content, "/ByteRange", at + 1))
    if (content[skipSpaces(content, at + 10)] === 0x5b) return true;
  return false;
}

/** @param {Uint8Array} content */
function blankNamed(content) {
  for (let at = content.indexOf(0x2f); at >= 0; at = content.indexOf(0x2f, at + 1)) {
    const name = NAMES.find((one) => letters(content, at + 1, one.length) === one);
    if (!name) continue;
    const start = skipSpaces(content, at + 1 + name.length);
    const end = content[start] === 0x28 ? literalEnd(content, start) : hexEnd(content, start);
    if (end < 0) continue;
    content.fill(content[start] === 0x28 ? 0x20 : 0x30, start + 1, end);
    at = end;
  }
}

/** @param {Uint8Array} content @param {number} at */
function skipSpaces(content, at) {
  while (at < content.length && SPACES.includes(String.fromCharCode(content[at]))) at++;
  return at;
}

/** @param {Uint8Array} content @param {number} start of "(" @returns {number} of ")", or -1 */
function literalEnd(content, start) {
  let depth = 0;
  for (let at = start; at < content.length; at++) {
    if (content[at] === 0x5c) at++;
    else if (content[at] === 0x28 && ++depth > 2) return -1;
    else if (content[at] === 0x29 && --depth === 0) return at;
  }
  return -1;
}

/** @param {Uint8Array} content @param {number} start of "<" @returns {number} of ">", or -1 */
function hexEnd(content, start) {
  if (content[start] !== 0x3c) return -1;
  let at = start + 1;
  while (at < content.length && /[0-9A-Fa-f\s]/.test(String.fromCharCode(content[at]))) at++;
  return content[at] === 0x3e ? at : -1;
}

/** @param {Uint8Array} content @param {string} mark */
function blankExif(content, mark) {
  for (let at = find(content, mark); at >= 0; at = find(content, mark, at + 1))
    if (at >= 4 && content[at - 4] === 0xff && content[at - 3] === 0xe1)
      content.fill(0, at, Math.min(at - 2 + number(content, at - 2, 2), content.length));
}
