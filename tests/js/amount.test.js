// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseAmount } from "../../services/complaints/static/src/lapor/amount.js";
import { load } from "./vectors.js";

const vectors = load("amount");

for (const { typed, rupiah } of vectors.read)
  test(`the phone reads a sum as the server does: ${JSON.stringify(typed)}`, () => {
    assert.equal(parseAmount(typed), rupiah);
  });

for (const { why, typed } of vectors.refused)
  test(`the phone refuses what the server refuses: ${why}: ${typed}`, () => {
    assert.equal(parseAmount(typed), undefined);
  });

test("a text of any length is answered", () => {
  for (const text of ["9".repeat(5000), "1 ".repeat(5000), "satu ".repeat(5000)])
    assert.equal(parseAmount(text), undefined);
});
