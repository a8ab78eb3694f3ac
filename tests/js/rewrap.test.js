// @ts-check
// A file whose header oversight has re-wrapped opens to the new unit, and to nobody else's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { underHeader } from "../../services/triage/static/src/opening.js";
import { fromBase64, join, utf8 } from "../../shared/web/js/bytes.js";
import { headerLength, rewrapHeader } from "../../shared/web/js/rewrap.js";
import { decrypt, encrypt } from "../../shared/web/js/seal.js";
import { load } from "./vectors.js";

const vector = load("rewrap");
const file = fromBase64(vector.file);

test("the new unit opens it under its header", async () => {
  const opened = await decrypt(underHeader(file, vector.header), [vector.identity]);
  assert.deepEqual(opened, utf8(vector.text));
});

test("without the header it opens to the old unit only", async () => {
  assert.equal(underHeader(file, undefined), file);
  assert.deepEqual(await decrypt(file, [vector.old_identity]), utf8(vector.text));
  await assert.rejects(decrypt(file, [vector.identity]), { code: "cannot_open" });
});

test("under the header the old unit does not open it", async () => {
  const whole = underHeader(file, vector.header);
  await assert.rejects(decrypt(whole, [vector.old_identity]), { code: "cannot_open" });
});

test("a payload without a header of its own is refused", () => {
  assert.throws(() => underHeader(new Uint8Array(200), vector.header), {
    code: "malformed_envelope",
  });
});

const header = file.slice(0, headerLength(file));

test("a header made here opens its file to the next unit and to nobody before it", async () => {
  const next = await generateHybridIdentity();
  const fresh = await rewrapHeader(header, [vector.old_identity], [await identityToRecipient(next)]);
  const whole = join(fresh, file.subarray(header.length));
  assert.deepEqual(await decrypt(whole, [next]), utf8(vector.text));
  await assert.rejects(decrypt(whole, [vector.old_identity]), { code: "cannot_open" });
});

test("a header that was re-wrapped before is re-wrapped again", async () => {
  const next = await generateHybridIdentity();
  const before = fromBase64(vector.header);
  const fresh = await rewrapHeader(before, [vector.identity], [await identityToRecipient(next)]);
  const whole = join(fresh, file.subarray(header.length));
  assert.deepEqual(await decrypt(whole, [next]), utf8(vector.text));
});

test("a header whose MAC is another file's is refused", async () => {
  const recipient = await identityToRecipient(vector.old_identity);
  const other = await encrypt(utf8("lain"), [recipient]);
  const macLine = (/** @type {Uint8Array} */ of) => headerLength(of) - "--- ".length - 44;
  const mixed = join(
    header.subarray(0, macLine(file)),
    other.subarray(macLine(other), headerLength(other)),
  );
  assert.equal(mixed.length, header.length);
  await assert.rejects(rewrapHeader(mixed, [vector.old_identity], [recipient]), {
    code: "cannot_open",
  });
});

test("who is no recipient re-wraps nothing, and nobody is let in by a weaker key", async () => {
  const recipient = await identityToRecipient(vector.identity);
  await assert.rejects(rewrapHeader(header, [vector.identity], [recipient]), {
    code: "cannot_open",
  });
  await assert.rejects(rewrapHeader(header, [vector.old_identity], ["age1qqqq"]), {
    code: "recipient_malformed",
  });
});
