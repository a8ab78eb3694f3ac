// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { base64, base64url, fromBase64 } from "../../shared/web/js/bytes.js";
import { keysFromPrk } from "../../shared/web/js/receipt.js";
import { checkPlace } from "../../shared/web/js/record.js";
import { openName, readKept } from "../../shared/web/js/keeping.js";
import { openJson, openRecord } from "../../shared/web/js/seal.js";
import { compose } from "../../services/complaints/static/src/lapor/filing.js";
import { checkedRoute } from "../../services/complaints/static/src/lapor/route.js";
import { load } from "./vectors.js";

const [unit, oversight, notify] = load("envelope").keys;
const keeper = await keysFromPrk(new Uint8Array(32).fill(5));
const { disclosed, body } = load("form").read[1];
const keys = await keysFromPrk(new Uint8Array(32).fill(9));
const route = checkedRoute(
  {
    unit: "propam-mabes", name: "Propam", kind: "propam", epoch: 3, considered: [], promised: [],
    recipient: unit.recipient, oversight: oversight.recipient, notify: notify.recipient,
    keeper: { unit: "lpsk", name: "LPSK", kind: "penjaga_nama", epoch: 2, recipient: keeper.boxRecipient },
  },
  disclosed,
);
const story = { disclosed, body, address: "", name: "" };
const file = {
  attachment: { name: "0".repeat(32), size: 5, media: "image/png", sha256: "1".repeat(64), key: "k" },
  size: 16_700,
};

/** @param {Uint8Array} sent @returns {any} */
const read = (sent) => JSON.parse(new TextDecoder().decode(sent));

test("a name is sealed apart: the unit opens the story and not the name", async () => {
  const sent = read(await compose({ ...story, name: "Bu Sari" }, { keys, route, lang: "id" }));

  const { body: opened } = await openRecord(fromBase64(sent.envelope), [unit.identity]);
  const name = readKept(opened.kept ?? "");
  for (const identity of [unit.identity, keys.boxIdentity])
    await assert.rejects(openName(name, [identity], { case: sent.case, seq: 0 }), { code: "cannot_open" });
  for (const identity of [keeper.boxIdentity, oversight.identity])
    assert.equal(await openName(name, [identity], { case: sent.case, seq: 0 }), "Bu Sari");
  await assert.rejects(openName(name, [keeper.boxIdentity], { case: "other", seq: 0 }), { code: "misplaced" });
  await assert.rejects(openName(name, [keeper.boxIdentity], { case: sent.case, seq: 1 }), { code: "misplaced" });
});

test("without anybody to keep it a name is not sent", async () => {
  const lonely = { ...route, keeper: null };

  await assert.rejects(compose({ ...story, name: "Bu Sari" }, { keys, route: lonely, lang: "id" }), {
    code: "no_keeper",
  });
});

test("a server that names the unit itself, or one shut out, as keeper is refused", () => {
  const whose = /** @type {any} */ ({ ...route, keeper: { ...route.keeper, unit: route.unit } });
  const shut = /** @type {any} */ ({ ...route, keeper: { ...route.keeper, unit: "propam-polda-jabar" } });

  assert.throws(() => checkedRoute(whose, disclosed), { code: "route_malformed" });
  assert.throws(() => checkedRoute(shut, disclosed), { code: "route_excluded" });
});

test("what has not the shape of a name for two is refused", async () => {
  const { encrypt } = await import("../../shared/web/js/seal.js");
  const two = [unit.recipient, oversight.recipient];
  const files = await Promise.all([
    encrypt(new Uint8Array(2048), [unit.recipient]),
    encrypt(new Uint8Array(2048), [...two, notify.recipient]),
    encrypt(new Uint8Array(16384), two),
  ]);

  for (const one of files) assert.throws(() => readKept(base64(one)), { code: "record_malformed" });
  for (const text of ["", "Bu Sari", "!"]) assert.throws(() => readKept(text), { code: "record_malformed" });
  assert.equal(readKept(base64(await encrypt(new Uint8Array(2048), two))).length, 5264);
});

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
