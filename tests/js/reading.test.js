// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { readStory } from "../../services/complaints/static/src/lapor/reading.js";
import { round2 } from "../../services/complaints/static/src/lapor/rounding.js";
import { load } from "./vectors.js";

const vectors = load("form");
/** @type {Record<string, number | null>} what amount.js makes of these words */
const SUMS = { "": null, "854.999": 854_999, "250 rb": 250_000, "1,5 juta": 1_500_000, "100 rb": 100_000 };
/** @type {Record<string, number>} */
const ZONES = { 73: 8, 91: 9 };
const rules = {
  /** @param {string} text */
  amount: (text) => SUMS[text],
  /** @param {string} region */
  hours: (region) => ZONES[region.slice(0, 2)] ?? 7,
};

/** @param {{[name: string]: (string | [string, number])[]}} typed a long text stands as [letter, times] */
const written = (typed) =>
  Object.fromEntries(
    Object.entries(typed).map(([name, texts]) => [
      name,
      texts.map((text) => (typeof text === "string" ? text : text[0].repeat(text[1]))),
    ]),
  );

test("sums are disclosed to two significant digits", () => {
  for (const [amount, rounded] of vectors.round2) assert.equal(round2(amount), rounded);
});

for (const { why, typed, disclosed, body, address, name = "" } of vectors.read)
  test(`a form is read as the server reads it: ${why}`, () => {
    assert.deepEqual(readStory(written(typed), rules), {
      story: { disclosed, body, address, name },
      faults: [],
    });
  });

for (const { why, typed, faults } of vectors.refused)
  test(`a form is refused as the server refuses it: ${why}`, () => {
    const read = readStory(written(typed), rules);
    assert.equal(read.story, null);
    assert.deepEqual(read.faults.map(({ code, field }) => [code, field]).sort(), faults);
  });
