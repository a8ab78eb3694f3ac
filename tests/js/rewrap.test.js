// @ts-check
// A file whose header oversight has re-wrapped opens to the new unit, and to nobody else's.
import assert from "node:assert/strict";
import { test } from "node:test";
import { underHeader } from "../../services/triage/static/src/opening.js";
import { fromBase64, utf8 } from "../../shared/web/js/bytes.js";
import { decrypt } from "../../shared/web/js/seal.js";
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
