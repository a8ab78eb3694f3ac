// @ts-check
// What the page loads, as it was built: other versions of the libraries may stand in it than node
// finds beside them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, hex } from "../../shared/web/js/bytes.js";
import { openRecord } from "../../shared/web/js/seal.js";
import { load } from "./vectors.js";

const BUILT = "../../services/complaints/static/build/sealing.js";
/** @type {typeof import("../../services/complaints/static/src/lapor/sealing.js")} */
const sealing = await import(BUILT);
const [unit, oversight, notify] = load("envelope").keys;
const [receipt] = load("receipt").derived;
const [{ disclosed, body }] = load("form").read;

test("the built bundle gives the keys of the vector and seals what others open", async () => {
  const keys = await sealing.derive(receipt.digits, receipt.deployment);
  const route = /** @type {any} */ ({
    unit: "u", epoch: 1, recipient: unit.recipient, oversight: oversight.recipient,
    notify: notify.recipient, keeper: null,
  });

  const sent = await sealing.compose({ disclosed, body, address: "", name: "" }, { keys, route, lang: "id" });

  assert.equal(keys.boxRecipient, receipt.box_recipient);
  assert.equal(hex(keys.signPublic), receipt.sign_public);
  const { envelope } = JSON.parse(new TextDecoder().decode(sent));
  for (const identity of [unit.identity, oversight.identity, keys.boxIdentity])
    assert.deepEqual((await openRecord(fromBase64(envelope), [identity])).body, {
      ...body, box: receipt.box_recipient,
    });
});

test("digits made by the built bundle are well formed", () => {
  assert.match(sealing.newReceipt(), /^\d{24}$/);
});
