// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, checkPlace, pack, sha256Hex, unpack } from "../../shared/web/js/record.js";
import { load, unpacked } from "./vectors.js";

const vectors = load("record");
const letter = vectors.packed[1].header;

test("a record packs to the bytes of the vector and unpacks to itself", () => {
  for (const { header, body, packed, sha256 } of vectors.packed) {
    const made = pack(header, body);
    assert.equal(sha256Hex(made), sha256);
    assert.deepEqual(made, unpacked(packed));
    assert.deepEqual(unpack(made), { header, body });
  }
});

for (const { why, packed } of vectors.refused)
  test(`a malformed record is refused: ${why}`, () => {
    assert.throws(() => unpack(unpacked(packed)), { code: "record_malformed" });
  });

test("a record in its place passes", () => {
  checkPlace(letter, vectors.place);
});

for (const { why, place } of vectors.misplaced)
  test(`a record in another place is refused: ${why}`, () => {
    assert.throws(() => checkPlace(letter, place), { code: "misplaced" });
  });

test("a text past the last class is refused", () => {
  const text = "a".repeat(vectors.too_long.text_characters);
  assert.throws(() => pack(letter, { text }), { code: "too_long" });
});

test("half a surrogate pair is refused", () => {
  assert.throws(() => pack(letter, { text: "a\ud800b" }), { code: "record_malformed" });
});

test("canonical JSON sorts by UTF-16 and escapes as RFC 8785 says", () => {
  const value = { "\ufb33": 1, "😀": 2, b: ["\u0007", "é", true, null], a: {} };
  assert.equal(canonical(value), '{"a":{},"b":["\\u0007","é",true,null],"😀":2,"\ufb33":1}');
});
