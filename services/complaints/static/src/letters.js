// @ts-check
// Opens the letters of a mailbox, each in its place, and seals the next one.
import { base64, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { checkPlace, sha256Hex } from "../../../../shared/web/js/record.js";
import { openRecord, sealLetter } from "../../../../shared/web/js/seal.js";
import { readersOf } from "./post.js";

/** @typedef {import("./post.js").Mailbox} Mailbox */
/** @typedef {import("../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/** @typedef {{direction: "in" | "out", on: string, text: string | null}} Opened */

/** @param {Mailbox} mailbox @param {ReceiptKeys} keys @returns {Promise<Opened[]>} */
export async function openLetters(mailbox, keys) {
  const before = { in: "", out: "" };
  const opened = [];
  for (const { direction, seq, on, envelope } of mailbox.letters) {
    const file = fromBase64(envelope);
    const place = { case: mailbox.case ?? "", direction, seq, prev: before[direction] };
    before[direction] = sha256Hex(file);
    opened.push({ direction, on, text: await textOf(file, place, keys) });
  }
  return opened;
}

/**
 * @param {Uint8Array} file @param {Parameters<typeof checkPlace>[1]} place
 * @param {ReceiptKeys} keys @returns {Promise<string | null>} null when it cannot be read here
 */
async function textOf(file, place, keys) {
  try {
    const { header, body } = await openRecord(file, [keys.boxIdentity]);
    checkPlace(header, place);
    return body.text ?? body.story ?? "";
  } catch {
    return null;
  }
}

/**
 * The reporter's next letter, sealed to the unit, oversight and the reporter.
 * @param {Mailbox} mailbox @param {ReceiptKeys} keys @param {string} text
 * @returns {Promise<{seq: number, envelope: string}>}
 */
export async function sealReply(mailbox, keys, text) {
  const last = mailbox.letters.filter((one) => one.direction === "in").at(-1);
  if (!last || !mailbox.case || !mailbox.unit) throw new TypeError("empty mailbox");
  const { epoch, recipients } = await readersOf(mailbox.unit);
  const seq = last.seq + 1;
  const envelope = await sealLetter({
    case: mailbox.case,
    direction: "in",
    seq,
    prev: sha256Hex(fromBase64(last.envelope)),
    unit: mailbox.unit,
    epoch,
    text,
    recipients: [...recipients, keys.boxRecipient],
  });
  return { seq, envelope: base64(envelope) };
}
