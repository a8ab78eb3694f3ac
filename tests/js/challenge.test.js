// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64 } from "../../shared/web/js/bytes.js";
import { askedFor, proofOf, readChallenge, search, solve } from "../../shared/web/js/challenge.js";
import { load } from "./vectors.js";

const { good, content } = load("proof");
const decoded = (/** @type {string} */ proof) => JSON.parse(atob(proof));

test("a solver finds the number the vector hides", async () => {
  for (const { challenge, number, proof } of good) {
    const read = readChallenge(challenge);

    const found = await solve(read, () => {});

    assert.equal(found, number);
    assert.deepEqual(decoded(proofOf(read, found)), decoded(proof));
  }
});

test("a challenge is asked for the hash of the very bytes", () => {
  assert.ok(good[0].challenge.salt.includes(`&for=${askedFor(fromBase64(content))}&`));
});

test("a number outside the tried range is not found", () => {
  const { challenge, number } = good[2];

  assert.equal(search(challenge, 0, number), -1);
  assert.equal(search(challenge, number, number + 1), number);
});

test("what nobody should try is refused", () => {
  const { challenge } = good[0];
  for (const wrong of [null, {}, { ...challenge, maxnumber: 1e12 }, { ...challenge, challenge: "x" }])
    assert.throws(() => readChallenge(wrong), { code: "proof_impossible" });
});

test("a challenge that hides no number ends", async () => {
  const hopeless = { ...good[0].challenge, challenge: "00".repeat(32) };

  await assert.rejects(solve(hopeless, () => {}), { code: "proof_impossible" });
});
