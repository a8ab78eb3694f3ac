// @ts-check
// The far side of tests/crypto: opens and seals what Python hands over on standard input.

import { readFileSync } from "node:fs";
import * as vectors from "cctv-age";
import { identityToRecipient } from "age-encryption";
import { base64, fromBase64, hex } from "../../shared/web/js/bytes.js";
import { keysFromPrk } from "../../shared/web/js/receipt.js";
import { rewrapHeader } from "../../shared/web/js/rewrap.js";
import * as seal from "../../shared/web/js/seal.js";

/** @type {Record<string, (asked: any) => unknown>} */
const answers = {
  decrypt: async ({ file, identity }) => base64(await seal.decrypt(fromBase64(file), [identity])),
  encrypt: async ({ plaintext, recipients }) =>
    base64(await seal.encrypt(fromBase64(plaintext), recipients)),
  openRecord: async ({ file, identity }) => seal.openRecord(fromBase64(file), [identity]),
  sealComplaint: async (what) => base64(await seal.sealComplaint(what)),
  sealLetter: async (what) => base64(await seal.sealLetter(what)),
  sealJson: async ({ content, recipient }) => base64(await seal.sealJson(content, recipient)),
  sealAttachment: async ({ content, media }) => {
    const { sealed, attachment } = await seal.sealAttachment(fromBase64(content), media);
    return { sealed: base64(sealed), attachment };
  },
  rewrap: async ({ header, identity, recipients }) =>
    base64(await rewrapHeader(fromBase64(header), [identity], recipients)),
  recipient: async ({ identity }) => identityToRecipient(identity),
  receipt: async ({ prk }) => {
    const keys = await keysFromPrk(fromBase64(prk));
    return { lookup: hex(keys.lookup), box: keys.boxRecipient, sign: hex(keys.signPublic) };
  },
  cctv: () => {
    const files = /** @type {[string, unknown][]} */ (Object.entries(vectors));
    const whole = files.filter(([, file]) => file instanceof Uint8Array);
    return Object.fromEntries(
      whole.map(([name, file]) => [name, base64(/** @type {Uint8Array} */ (file))]),
    );
  },
};

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await answers[asked.do](asked)));
