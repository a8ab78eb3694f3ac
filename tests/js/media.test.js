// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cleaned, withoutTraces,
} from "../../services/complaints/static/src/lapor/cleaning.js";
import { mediaOf } from "../../services/complaints/static/src/lapor/kinds.js";
import { cleanJpeg, cleanPng } from "../../services/complaints/static/src/lapor/picture.js";
import { fromBase64, join } from "../../shared/web/js/bytes.js";
import * as seal from "../../shared/web/js/seal.js";
import { load } from "./vectors.js";

const vectors = load("media");

/** Pictures by their structure: painting is tried in a browser. @param {Uint8Array<ArrayBuffer>} file */
function clean(file) {
  const media = mediaOf(file);
  if (media === "image/jpeg") return cleanJpeg(file);
  return media === "image/png" ? cleanPng(file) : withoutTraces(media, file);
}

for (const { why, media, file, kept } of vectors.cleaned)
  test(`the maker leaves ${why}`, () => {
    assert.equal(mediaOf(fromBase64(file)), media);
    assert.deepEqual(new Uint8Array(clean(fromBase64(file))), fromBase64(kept));
  });

for (const { why, code, file } of vectors.refused)
  test(`no evidence is taken from ${why}`, async () => {
    await assert.rejects(cleaned(fromBase64(file)), { code });
  });

test("a file sealed in parts opens as it was, and its parts are as large as the server takes", async () => {
  for (const size of [1, 16 * 1024, 300_000]) {
    const content = new Uint8Array(size).fill(7);
    const { attachment, parts, partBytes, sizeBytes } = await seal.sealInParts(content, "image/png");
    const got = [];
    for await (const part of parts) got.push(part);
    const sealed = join(...got);

    assert.equal(sealed.length, sizeBytes);
    assert.ok(got.length <= 17 && partBytes <= 1 << 20);
    assert.deepEqual(new Uint8Array(await seal.openAttachment(sealed, attachment)), content);
  }
});
