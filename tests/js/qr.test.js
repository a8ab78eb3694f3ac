// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { pngOf } from "../../services/complaints/static/src/lapor/png.js";
import { qrOf } from "../../services/complaints/static/src/lapor/qr.js";

/** @param {Uint8Array} png @returns {Record<string, Buffer>} chunks by type, each checksum checked */
function chunksOf(png) {
  const file = Buffer.from(png);
  /** @type {Record<string, Buffer>} */
  const found = {};
  for (let start = 8; start < file.length; ) {
    const end = start + 8 + file.readUInt32BE(start);
    assert.equal(file.readUInt32BE(end), crc32(file.subarray(start + 4, end)));
    found[file.toString("latin1", start + 4, start + 8)] = file.subarray(start + 8, end);
    start = end + 4;
  }
  return found;
}

test("a picture of squares is a PNG that others read", () => {
  const { IHDR, IDAT, IEND } = chunksOf(pngOf(3, 4, (x, y) => x === y));

  assert.deepEqual([IHDR.readUInt32BE(0), IHDR.readUInt32BE(4)], [12, 12]);
  assert.equal(IEND.length, 0);
  const rows = inflateSync(IDAT);
  assert.equal(rows.length, 12 * 3);
  assert.deepEqual([...rows.subarray(0, 3)], [0, 0x0f, 0xf0]);
  assert.deepEqual([...rows.subarray(33)], [0, 0xff, 0x00]);
});

test("the code of 24 digits has its quiet border and three corners", () => {
  const { IHDR, IDAT } = chunksOf(qrOf("123456789012345678901238"));
  const side = IHDR.readUInt32BE(0);
  const rows = inflateSync(IDAT);
  const row = Math.ceil(side / 8) + 1;
  /** @param {number} x @param {number} y in squares of 8 pixels */
  const isBlack = (x, y) => rows[y * 8 * row + 1 + x] === 0;

  assert.equal(side, 29 * 8);
  for (const [x, y] of [[4, 4], [24, 4], [4, 24]]) assert.ok(isBlack(x, y));
  for (const [x, y] of [[3, 4], [24, 24 + 4], [0, 0]]) assert.ok(!isBlack(x, y));
});
