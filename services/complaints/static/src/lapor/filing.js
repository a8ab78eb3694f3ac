// @ts-check
// Turns what the reporter says into the one sealed request that files it.
// The twin of client/filing.py, with the unit the routing question named.

import { base64, base64url, utf8 } from "../../../../../shared/web/js/bytes.js";
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { sealName } from "../../../../../shared/web/js/keeping.js";
import { sealComplaint, sealJson } from "../../../../../shared/web/js/seal.js";

/** @typedef {import("../../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/** @typedef {import("../../../../../shared/web/js/record.js").Attachment} Attachment */
/** @typedef {import("./reading.js").Story} Story */
/** @typedef {import("./route.js").Route} Route */
/** @typedef {{attachment: Attachment, size: number}} SealedFile `size` of the sealed bytes */

/**
 * The body of POST /api/v1/complaints.
 * @param {Story} story
 * @param {{keys: ReceiptKeys, route: Route, lang: string, files?: SealedFile[]}} to
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function compose({ disclosed, body, address, name: said }, { keys, route, lang, files = [] }) {
  const id = crypto.randomUUID();
  /** @type {Record<string, string>} */
  const whole = { ...body, box: keys.boxRecipient };
  if (said) whole.kept = await sealed(said, id, route);
  const envelope = await sealComplaint({
    case: id,
    unit: route.unit,
    epoch: route.epoch,
    body: whole,
    recipients: [route.recipient, route.oversight, keys.boxRecipient],
    attachments: files.map(({ attachment }) => attachment),
  });
  const events = base64url(keys.eventsKey);
  const contact = address && (await sealJson({ address, lang, events_key: events }, route.notify));
  const sent = {
    v: 1,
    case: id,
    mailbox: {
      lookup: base64url(keys.lookup),
      sign: base64url(keys.signPublic),
      box: keys.boxRecipient,
    },
    unit: route.unit,
    epoch: route.epoch,
    events_key: events,
    disclosed,
    envelope: base64(envelope),
    lang,
    evidence: files.map(({ attachment: { name, sha256 }, size }) => ({ name, size, sha256 })),
    ...(contact ? { contact: base64(contact) } : {}),
  };
  return utf8(JSON.stringify(sent));
}

/**
 * The name, apart; refuses with `no_keeper` while nobody is there to keep it.
 * @param {string} name @param {string} id @param {Route} route
 */
async function sealed(name, id, { keeper, oversight }) {
  if (!keeper) throw new Refusal("no_keeper");
  return sealName(name, { case: id, seq: 0, keeper, oversight });
}
