// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, money } from "../../services/complaints/static/src/lapor/prices.js";
import { hasNik, hasPhone, questionsOf } from "../../services/complaints/static/src/lapor/questions.js";
import { load } from "./vectors.js";

const { today, rows, cases, nik, phone } = load("questions");

for (const { why, step, typed, asks } of cases)
  test(`the phone asks what the server asks: ${step} ${why}`, () => {
    const known = { today, region: typed.found ?? "", rows: rows[typed.service] ?? [] };
    const asked = questionsOf(step, (name) => typed[name] ?? "", known);
    assert.deepEqual(
      asked.map(({ code, values }) => ({ values, code })),
      asks.map((/** @type {object} */ one) => ({ values: {}, ...one })),
    );
    for (const { code, kind, field } of asked) assert.equal(code, `${kind}_${field}`);
  });

test("the phone notices the same numbers", () => {
  for (const text of nik.is) assert.ok(hasNik(text), text);
  for (const text of nik.is_not) assert.ok(!hasNik(text), text);
  for (const text of phone.is) assert.ok(hasPhone(text), text);
  for (const text of phone.is_not) assert.ok(!hasPhone(text), text);
});

test("the difference is what was asked above the official price", () => {
  const differences = compare(rows.sim, "32.73", 100_000).map(({ id, difference }) => [id, difference]);
  assert.deepEqual(Object.fromEntries(differences), {
    "sim-1": -20_000,
    "sim-2": -20_000,
    "sim-3": 0,
    "sim-4": 50_000,
    "sim-5": null,
    "sim-6": 25_000,
    "sim-7": null,
    "sim-8": null,
  });
  assert.deepEqual(compare(rows.pertanahan_ptsl, "32", null), [
    { ...rows.pertanahan_ptsl[4], difference: null },
  ]);
});

test("sums are written as the server writes them", () => {
  assert.deepEqual([0, 500, 1_000, 250_000, 1e12].map(money), [
    "Rp0",
    "Rp500",
    "Rp1.000",
    "Rp250.000",
    "Rp1.000.000.000.000",
  ]);
});
