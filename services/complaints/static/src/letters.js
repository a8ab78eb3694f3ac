// @ts-check
// Opens the letters of a mailbox, each in its place, and seals the next one.
import { base64, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { Refusal } from "../../../../shared/web/js/errors.js";
import { checkPlace, sha256Hex } from "../../../../shared/web/js/record.js";
import { openRecord, sealLetter } from "../../../../shared/web/js/seal.js";
import { sealName } from "../../../../shared/web/js/keeping.js";
import { readersOf } from "./post.js";

/** @typedef {import("./post.js").Mailbox} Mailbox */
/** @typedef {import("../../../../shared/web/js/record.js").Attachment} Attachment */
/** @typedef {import("../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/**
 * @typedef {object} Opened
 * @property {"in" | "out"} direction
 * @property {string} on
 * @property {string | null} text null when it cannot be read here
 * @property {string} [name] where the letter gives one
 * @property {boolean} isNamed whether the reporter's name stands in it
 * @property {boolean} [isKept] sealed apart, so that we do not open it either
 * @property {number} files how many sealed files it brings
 */

/** @param {Mailbox} mailbox @param {ReceiptKeys} keys @returns {Promise<Opened[]>} */
export async function openLetters(mailbox, keys) {
  const before = { in: mailbox.gone.in?.sha256 ?? "", out: mailbox.gone.out?.sha256 ?? "" };
  const opened = [];
  for (const { direction, seq, on, envelope } of mailbox.letters) {
    const file = fromBase64(envelope);
    const place = { case: mailbox.case ?? "", direction, seq, prev: before[direction] };
    before[direction] = sha256Hex(file);
    opened.push({ direction, on, ...(await contentOf(file, place, keys)) });
  }
  return opened;
}

/**
 * @param {Uint8Array} file @param {Parameters<typeof checkPlace>[1]} place
 * @param {ReceiptKeys} keys
 * @returns {Promise<{text: string | null, name?: string, isNamed: boolean, isKept?: boolean, files: number}>}
 */
async function contentOf(file, place, keys) {
  try {
    const { header, body } = await openRecord(file, [keys.boxIdentity]);
    checkPlace(header, place);
    const files = header.attachments.length;
    if (body.name !== undefined) return { text: "", name: body.name, isNamed: true, files };
    const isKept = body.kept !== undefined;
    const isNamed = isKept || (body.contact_wish ?? "").includes(":");
    return { text: body.text ?? body.story ?? "", isNamed, isKept, files };
  } catch {
    return { text: null, isNamed: false, files: 0 };
  }
}

/** @param {Mailbox} mailbox @returns {{seq: number, prev: string}} of the reporter's next letter */
function nextPlace(mailbox) {
  const last = mailbox.letters.filter((one) => one.direction === "in").at(-1);
  if (last) return { seq: last.seq + 1, prev: sha256Hex(fromBase64(last.envelope)) };
  if (!mailbox.gone.in) throw new TypeError("empty mailbox");
  return { seq: mailbox.gone.in.seq + 1, prev: mailbox.gone.in.sha256 };
}

/**
 * The reporter's next letter, sealed to the unit, oversight and the reporter.
 * @param {Mailbox} mailbox @param {ReceiptKeys} keys @param {string} text or the name, which is
 * sealed apart for whoever keeps names
 * @param {"letter" | "identity"} [kind] @param {Attachment[]} [attachments]
 * @returns {Promise<{seq: number, envelope: string}>}
 */
export async function sealReply(mailbox, keys, text, kind = "letter", attachments = []) {
  if (!mailbox.case || !mailbox.unit) throw new TypeError("empty mailbox");
  const place = nextPlace(mailbox);
  const { epoch, recipients, keeper, oversight } = await readersOf(mailbox.unit, mailbox.keepers);
  if (kind === "identity") {
    if (!keeper) throw new Refusal("no_keeper");
    text = await sealName(text, { case: mailbox.case, seq: place.seq, keeper, oversight });
  }
  const envelope = await sealLetter({
    ...place,
    kind,
    case: mailbox.case,
    direction: "in",
    unit: mailbox.unit,
    epoch,
    text,
    attachments,
    recipients: [...recipients, keys.boxRecipient],
  });
  return { seq: place.seq, envelope: base64(envelope) };
}
