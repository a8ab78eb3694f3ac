// @ts-check
// A PNG of black and white squares, byte by byte: a canvas is not asked, because browsers that
// guard against fingerprints (Tor) hand out noise in place of what was drawn.

import { join, u32, utf8 } from "../../../../../shared/web/js/bytes.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** @param {Uint8Array} content @returns {number} CRC-32 (PNG, annex D) */
function crc32(content) {
  let state = ~0;
  for (const byte of content) {
    state ^= byte;
    for (let bit = 0; bit < 8; bit++) state = (state >>> 1) ^ (state & 1 ? 0xedb88320 : 0);
  }
  return ~state >>> 0;
}

/** @param {Uint8Array} content @returns {number} Adler-32 (RFC 1950) */
function adler32(content) {
  let low = 1;
  let high = 0;
  for (const byte of content) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return ((high << 16) | low) >>> 0;
}

/** @param {string} type @param {Uint8Array} content */
function chunk(type, content) {
  const named = join(utf8(type), content);
  return join(u32(content.length), named, u32(crc32(named)));
}

/** @param {Uint8Array} content at most 65,535 bytes, stored as they are (RFC 1951 §3.2.4) */
function zlib(content) {
  const size = content.length;
  const head = Uint8Array.of(0x78, 0x01, 1, size & 255, size >> 8, ~size & 255, (~size >> 8) & 255);
  return join(head, content, u32(adler32(content)));
}

/**
 * @param {number} side in squares @param {number} scale pixels a square
 * @param {(x: number, y: number) => boolean} isBlack
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pngOf(side, scale, isBlack) {
  const width = side * scale;
  const row = Math.ceil(width / 8) + 1;
  const pixels = new Uint8Array(row * width);
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (!isBlack(Math.floor(x / scale), Math.floor(y / scale)))
        pixels[y * row + 1 + (x >> 3)] |= 0x80 >> (x & 7);
  // One bit a pixel, grey: 0 black, 1 white.
  const header = join(u32(width), u32(width), Uint8Array.of(1, 0, 0, 0, 0));
  return join(SIGNATURE, chunk("IHDR", header), chunk("IDAT", zlib(pixels)), chunk("IEND", utf8("")));
}
