// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open } from "../../services/complaints/static/src/lapor/regions.js";
import { load } from "./vectors.js";

/** @param {string} name */
const built = (name) =>
  JSON.parse(readFileSync(new URL(`../../services/complaints/static/build/${name}.json`, import.meta.url), "utf8"));
const head = built("regions");
const regions = open(head, built("districts"));
const vectors = load("regions");

for (const { typed, first, codes } of vectors.found)
  test(`the phone finds what the server finds: ${typed}`, () => {
    assert.deepEqual(regions.search(typed, 5), codes);
    assert.equal(regions.path(codes[0]), first);
  });

test("what is no region finds nothing", () => {
  for (const typed of vectors.none) assert.deepEqual(regions.search(typed), [], typed);
});

test("provinces, regencies and districts are browsed in code order", () => {
  assert.equal(regions.children("").length, 38);
  const all = regions.children("").flatMap(({ code }) => regions.children(code));
  assert.equal(all.length, 514);
  assert.equal(all.flatMap(({ code }) => regions.children(code)).length, 7285);
  assert.deepEqual(
    regions.children("32").map(({ code }) => code),
    regions.children("32").map(({ code }) => code).sort(),
  );
  assert.deepEqual(regions.children("32.73.01"), []);
  assert.deepEqual(regions.children("99"), []);
});

test("before the districts have come, regencies are found and browsed", () => {
  const coarse = open(head);
  assert.deepEqual(coarse.search("kota bandung", 1), ["32.73"]);
  assert.deepEqual(coarse.children("32.73"), []);
});

test("a region knows its clock, an unknown code nothing", () => {
  assert.deepEqual(["32.73.01", "51.03", "91.71.01", "99", ""].map(regions.zone), ["WIB", "WITA", "WIT", "", ""]);
  assert.equal(regions.path("99.01"), "");
});
