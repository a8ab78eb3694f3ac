// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { base64url, fromBase64 } from "../../shared/web/js/bytes.js";
import { keysFromPrk } from "../../shared/web/js/receipt.js";
import { checkPlace } from "../../shared/web/js/record.js";
import { openJson, openRecord } from "../../shared/web/js/seal.js";
import { compose } from "../../services/complaints/static/src/lapor/filing.js";
import { checkedRoute } from "../../services/complaints/static/src/lapor/route.js";
import { load } from "./vectors.js";

const [unit, oversight, notify] = load("envelope").keys;
const { disclosed, body } = load("form").read[1];
const keys = await keysFromPrk(new Uint8Array(32).fill(9));
const route = checkedRoute(
  {
    unit: "propam-mabes", name: "Propam", kind: "propam", epoch: 3, considered: [], promised: [],
    recipient: unit.recipient, oversight: oversight.recipient, notify: notify.recipient,
  },
  disclosed,
);
const story = { disclosed, body, address: "" };
const file = {
  attachment: { name: "0".repeat(32), size: 5, media: "image/png", sha256: "1".repeat(64), key: "k" },
  size: 16_700,
};

/** @param {Uint8Array} sent @returns {any} */
const read = (sent) => JSON.parse(new TextDecoder().decode(sent));

test("unit, oversight and reporter open the story, nobody else does", async () => {
  const sent = read(await compose(story, { keys, route, lang: "id", files: [file] }));

  for (const identity of [unit.identity, oversight.identity, keys.boxIdentity]) {
    const { header, body: opened } = await openRecord(fromBase64(sent.envelope), [identity]);
    checkPlace(header, { case: sent.case, direction: "in", seq: 0, prev: "" });
    assert.deepEqual([header.unit, header.epoch], [sent.unit, sent.epoch]);
    assert.deepEqual(header.attachments, [file.attachment]);
    assert.deepEqual(opened, { ...body, box: keys.boxRecipient });
  }
  await assert.rejects(openRecord(fromBase64(sent.envelope), [notify.identity]));
});

test("what stands outside the envelope is what may be known", async () => {
  const sent = read(await compose(story, { keys, route, lang: "en", files: [file] }));
  const { case: id, envelope, ...rest } = sent;

  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.ok(envelope);
  assert.deepEqual(rest, {
    v: 1,
    mailbox: {
      lookup: base64url(keys.lookup), sign: base64url(keys.signPublic), box: keys.boxRecipient,
    },
    unit: "propam-mabes",
    epoch: 3,
    events_key: base64url(keys.eventsKey),
    disclosed,
    lang: "en",
    evidence: [{ name: file.attachment.name, size: 16_700, sha256: file.attachment.sha256 }],
  });
});

test("an address goes to notify alone", async () => {
  const said = { ...story, address: "nama@contoh.id" };

  const sent = read(await compose(said, { keys, route, lang: "id" }));

  assert.deepEqual(await openJson(fromBase64(sent.contact), [notify.identity]), {
    address: "nama@contoh.id", lang: "id", events_key: base64url(keys.eventsKey),
  });
  await assert.rejects(openJson(fromBase64(sent.contact), [unit.identity]));
});

test("an answer that names a unit the reporter shut out is refused", () => {
  const named = { ...route, unit: disclosed.exclude[0] };
  const listed = {
    ...route, considered: [{ unit: route.unit, verdict: "excluded", reason: "same_head" }],
  };

  for (const lie of [named, listed])
    assert.throws(() => checkedRoute(lie, disclosed), { code: "route_excluded" });
});

test("what is no answer is refused", () => {
  for (const lie of [null, {}, { ...route, recipient: "age1x" }, { ...route, epoch: "3" }])
    assert.throws(() => checkedRoute(lie, disclosed), { code: "route_malformed" });
});
