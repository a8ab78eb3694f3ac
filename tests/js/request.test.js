// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { base64url, fromBase64, fromHex, hex } from "../../shared/web/js/bytes.js";
import { keysFromPrk } from "../../shared/web/js/receipt.js";
import { mailboxHeaders, requestString, sign } from "../../shared/web/js/request.js";
import { load } from "./vectors.js";

const { signed } = load("request");

test("a request signs as the vector says", () => {
  for (const { method, path, nonce, body, seed, string, signature } of signed) {
    const text = requestString(method, path, nonce, fromBase64(body));
    assert.deepEqual(text, fromBase64(string));
    assert.equal(hex(sign(fromHex(seed), text)), signature);
  }
});

test("the headers carry lookup, key, nonce and a good signature", async () => {
  const keys = await keysFromPrk(new Uint8Array(32));
  const headers = mailboxHeaders(keys, { method: "GET", path: "/api/v1/mailbox", nonce: "bm8" });
  const text = requestString("GET", "/api/v1/mailbox", "bm8", new Uint8Array());

  assert.equal(headers["Kentongan-Mailbox"], base64url(keys.lookup));
  assert.equal(headers["Kentongan-Nonce"], "bm8");
  assert.ok(
    ed25519.verify(fromBase64(headers["Kentongan-Signature"]), text, keys.signPublic),
  );
});
