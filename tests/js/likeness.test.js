// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOpen, likeness } from "../../services/triage/static/src/likeness.js";
import { load } from "./vectors.js";

const vectors = load("likeness");

for (const { why, one, other, is } of vectors.pairs)
  test(`letters are as alike as their words in order: ${why}`, () => {
    assert.equal(Math.round(likeness(one, other) * 1e4) / 1e4, is);
    assert.equal(likeness(one, other), likeness(other, one));
  });

for (const { text, is } of vectors.open)
  test(`what nobody replaced is found: ${JSON.stringify(text)}`, () => {
    assert.equal(leftOpen(text) ?? null, is);
  });

test("the longest letter is answered at once", () => {
  const began = performance.now();
  likeness("kata ".repeat(20_000), "lain kata ".repeat(200));
  assert.ok(performance.now() - began < 1000);
});
