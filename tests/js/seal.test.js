// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { identityToRecipient } from "age-encryption";
import { fromBase64, utf8 } from "../../shared/web/js/bytes.js";
import { checkPlace } from "../../shared/web/js/record.js";
import * as seal from "../../shared/web/js/seal.js";
import { load } from "./vectors.js";

const vectors = load("envelope");
/** @type {string[]} */
const identities = vectors.keys.map((/** @type {any} */ key) => key.identity);
/** @type {string[]} */
const recipients = vectors.keys.map((/** @type {any} */ key) => key.recipient);

test("an identity gives its recipient", async () => {
  for (const { identity, recipient } of vectors.keys)
    assert.equal(await identityToRecipient(identity), recipient);
});

test("every addressee opens the files of the vectors", async () => {
  for (const { file, plaintext, identities: own } of vectors.opened)
    for (const identity of own)
      assert.deepEqual(await seal.decrypt(fromBase64(file), [identity]), fromBase64(plaintext));
});

for (const { why, file, identities: own } of vectors.not_opened)
  test(`what must not open is refused: ${why}`, async () => {
    await assert.rejects(seal.decrypt(fromBase64(file), own), { code: "cannot_open" });
  });

for (const { why, file } of vectors.malformed)
  if (!["a third word", "an X25519 way in"].includes(why))
    test(`what is no envelope does not open: ${why}`, async () => {
      await assert.rejects(seal.decrypt(fromBase64(file), identities), { code: "cannot_open" });
    });

test("malformed recipients are refused", async () => {
  for (const recipient of vectors.recipients_refused)
    await assert.rejects(seal.encrypt(utf8("x"), [recipient]), { code: "recipient_malformed" });
  await assert.rejects(seal.encrypt(utf8("x"), []), { code: "recipient_malformed" });
});

test("the complaint of the vector opens for all three", async () => {
  const { file, identities: own, story, case: id } = vectors.complaint;
  for (const identity of own) {
    const { header, body } = await seal.openRecord(fromBase64(file), [identity]);
    checkPlace(header, { case: id, direction: "in", seq: 0, prev: "" });
    assert.deepEqual(body, { story });
  }
});

test("small facts and evidence of the vectors open", async () => {
  const { json, attachment } = vectors;
  assert.deepEqual(await seal.openJson(fromBase64(json.file), [json.identity]), json.content);
  const sealed = fromBase64(attachment.sealed);
  assert.deepEqual(
    new Uint8Array(await seal.openAttachment(sealed, attachment.attachment)),
    fromBase64(attachment.content),
  );
});

test("a letter, small facts and evidence come back", async () => {
  const place = { case: "c", direction: /** @type {const} */ ("out"), seq: 1, prev: "" };
  const letter = await seal.sealLetter({
    ...place, unit: "u", epoch: 2, text: "Halo", recipients: recipients.slice(0, 2),
  });
  const opened = await seal.openRecord(letter, [identities[1]]);
  checkPlace(opened.header, place);
  assert.deepEqual(opened.body, { text: "Halo" });

  const facts = { lang: "id", amount: 850000, list: [1, "é"] };
  assert.deepEqual(
    await seal.openJson(await seal.sealJson(facts, recipients[0]), [identities[0]]),
    facts,
  );

  const content = new Uint8Array(20000).fill(7);
  const { sealed, attachment } = await seal.sealAttachment(content, "image/png");
  assert.deepEqual(new Uint8Array(await seal.openAttachment(sealed, attachment)), content);
});
