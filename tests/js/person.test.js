// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, fromHex, hex } from "../../shared/web/js/bytes.js";
import * as person from "../../shared/web/js/person.js";
import { load } from "./vectors.js";

const vectors = load("person");

test("a passphrase stretches to the vector", async () => {
  for (const { name, passphrase, deployment, auth_key, kek } of vectors.stretched) {
    const secret = await person.stretch(name, passphrase, deployment);
    assert.equal(hex(secret.authKey), auth_key);
    assert.equal(hex(secret.kek), kek);
  }
});

test("a wrapped identity opens, and what we wrap opens again", async () => {
  for (const { kek, wrapped, seeds, identity, recipient } of vectors.wrapped) {
    const opened = await person.unwrapIdentity(fromHex(kek), fromBase64(wrapped));
    assert.equal(hex(opened), seeds);
    assert.equal(person.identityOf(opened), identity);
    assert.equal(await person.recipientOf(opened), recipient);
    const again = await person.wrapIdentity(fromHex(kek), opened);
    assert.equal(hex(await person.unwrapIdentity(fromHex(kek), again)), seeds);
  }
});

for (const { why, kek, wrapped } of vectors.refused)
  test(`a wrapped identity opens for nobody else: ${why}`, async () => {
    await assert.rejects(person.unwrapIdentity(fromHex(kek), fromBase64(wrapped)), {
      code: "cannot_open",
    });
  });

test("a member opens the unit key", async () => {
  for (const { seeds, file, identity } of vectors.unit_keys)
    assert.equal(await person.openUnitKey(fromBase64(file), fromHex(seeds)), identity);
});
