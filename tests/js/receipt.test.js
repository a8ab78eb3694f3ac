// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { hex } from "../../shared/web/js/bytes.js";
import { derive, group, newReceipt, normalise } from "../../shared/web/js/receipt.js";
import { load } from "./vectors.js";

const vectors = load("receipt");

test("what people type becomes 24 digits", () => {
  for (const { typed, digits } of vectors.typed) assert.equal(normalise(typed), digits);
});

for (const { why, typed, code } of vectors.refused)
  test(`a code that cannot be is refused by name: ${why}`, () => {
    assert.throws(() => normalise(typed), { code });
  });

test("codes are shown in six groups of four", () => {
  for (const { digits, grouped } of vectors.groups) assert.equal(group(digits), grouped);
});

test("fresh codes are well formed and differ", () => {
  const codes = Array.from({ length: 50 }, newReceipt);
  assert.equal(new Set(codes).size, 50);
  for (const code of codes) assert.equal(normalise(code), code);
});

test("the digits give the keys of the vector", async () => {
  for (const wanted of vectors.derived) {
    const keys = await derive(wanted.digits, wanted.deployment);
    assert.deepEqual(
      {
        prk: hex(keys.prk),
        lookup: hex(keys.lookup),
        sign_seed: hex(keys.signSeed),
        sign_public: hex(keys.signPublic),
        box_identity: keys.boxIdentity,
        box_recipient: keys.boxRecipient,
        events_key: hex(keys.eventsKey),
        once_key: hex(keys.onceKey),
        digits: wanted.digits,
        deployment: wanted.deployment,
      },
      wanted,
    );
  }
});
