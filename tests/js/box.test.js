// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { keysFromPrk } from "../../shared/web/js/receipt.js";
import { openRecord, sealComplaint } from "../../shared/web/js/seal.js";
import { judgeBox } from "../../services/triage/static/src/penerima.js";
import { load } from "./vectors.js";

const [unit] = load("envelope").keys;
const reporter = await keysFromPrk(new Uint8Array(32).fill(9));
const liar = await keysFromPrk(new Uint8Array(32).fill(10));
const place = { direction: /** @type {"in"} */ ("in"), seq: 0, url: "" };

/** @param {Record<string, string>} body */
async function story(body) {
  const file = await sealComplaint({
    case: "5f0c1f5e-6a2b-4c52-9a51-0c3f7a0e4b11", unit: "u", epoch: 1,
    body: { story: "FIKTIF", ...body }, recipients: [unit.recipient, reporter.boxRecipient],
  });
  return { place, ...(await openRecord(file, [unit.identity])) };
}

test("the key the story names is the one to seal to", async () => {
  const named = await story({ box: reporter.boxRecipient });

  assert.equal(judgeBox([named], reporter.boxRecipient), "same");
});

test("a server that hands out another key is found out", async () => {
  const named = await story({ box: reporter.boxRecipient });

  for (const lie of [liar.boxRecipient, "", reporter.boxRecipient.toUpperCase()])
    assert.equal(judgeBox([named], lie), "other");
});

test("an older story says that it names none", async () => {
  assert.equal(judgeBox([await story({})], reporter.boxRecipient), "unnamed");
});

test("without a story there is nobody to ask", async () => {
  const letter = { ...(await story({ box: reporter.boxRecipient })), place: { ...place, seq: 1 } };

  for (const letters of [[], [{ place, fault: "cannot_open" }], [letter]])
    assert.equal(judgeBox(letters, reporter.boxRecipient), "unread");
});
