// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, fromHex, hex } from "../../shared/web/js/bytes.js";
import { kekOfPrf, prfInput, unwrapIdentity } from "../../shared/web/js/person.js";
import { load } from "./vectors.js";

const vectors = load("passkey");

test("a passkey's PRF is asked for the vector's input", () => {
  assert.equal(hex(prfInput(vectors.deployment)), vectors.prf_input);
});

test("what a passkey wraps opens with its PRF", async () => {
  for (const { output, kek, wrapped, seeds } of vectors.prf) {
    assert.equal(hex(kekOfPrf(fromHex(output))), kek);
    assert.equal(hex(await unwrapIdentity(fromHex(kek), fromBase64(wrapped))), seeds);
  }
});
