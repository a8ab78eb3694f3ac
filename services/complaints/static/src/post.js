// @ts-check
// The mailbox's API: signed requests, and whom to seal a reply to.
import { utf8 } from "../../../../shared/web/js/bytes.js";
import { PROOF_HEADER, prove } from "../../../../shared/web/js/proof.js";
import { mailboxHeaders } from "../../../../shared/web/js/request.js";
import { say, sentence } from "./words.js";

const ASKS_FOR_WORK = new Set(["proof_required", "proof_stale"]);

/** @typedef {import("../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/**
 * @typedef {object} Step
 * @property {string} state
 * @property {string} on
 * @property {boolean} late
 * @property {number | null} days_late
 * @property {string | null} event
 * @property {boolean | null} is_solved
 * @property {number | null} stars
 * @property {{clock: string, due_on: string}[]} promised
 * @property {{purpose: string, basis: string, desk: string, keeper: string, until: string | null} | null} name
 */
/** @typedef {{seq: number, sha256: string}} Place */
/**
 * @typedef {object} Mailbox
 * @property {string | null} status
 * @property {string | null} desk
 * @property {string | null} case
 * @property {string | null} unit
 * @property {number | null} epoch
 * @property {string[] | null} keepers null where any unit that keeps names may
 * @property {Step[]} steps
 * @property {{direction: "in" | "out", seq: number, on: string, envelope: string}[]} letters
 * @property {{in: Place | null, out: Place | null}} gone
 * @property {string[]} may
 * @property {number} withdrawal_round
 * @property {number} result_round
 * @property {string | null} object_until
 */

export class Told extends Error {
  /** @param {string} message the server's own sentence, in the reader's language */
  constructor(message) {
    super(message);
    this.name = "Told";
  }
}

/** @param {Response} answer @returns {Promise<any>} */
async function read(answer) {
  const content = await answer.json();
  if (!answer.ok) throw new Told(content.message ?? "");
  return content;
}

/** @param {ReceiptKeys} keys @param {string} method @param {string} path @param {string} [body] */
async function signed(keys, method, path, body) {
  const { nonce } = await read(await fetch("/api/v1/mailbox/nonce", { method: "POST" }));
  const bytes = new TextEncoder().encode(body ?? "");
  /** @type {Record<string, string>} */
  const headers = {
    ...mailboxHeaders(keys, { method, path, nonce, body: bytes }),
    "Accept-Language": document.documentElement.lang,
  };
  /** @type {RequestInit} */
  const request = { method, headers, credentials: "omit" };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    request.body = body;
  }
  const answer = await fetch(path, request);
  if (answer.status !== 422) return read(answer);
  const { code, message } = await answer.json();
  if (!ASKS_FOR_WORK.has(code)) throw new Told(message ?? "");
  // Many are opening mailboxes: this device computes for a moment, for exactly this request.
  const signature = utf8(headers["Kentongan-Signature"]);
  headers[PROOF_HEADER] = await prove(signature, (share) =>
    say("kabar", sentence("membuktikan", { persen: `${Math.round(share * 100)} %` })),
  );
  return read(await fetch(path, request));
}

/** @param {ReceiptKeys} keys @returns {Promise<Mailbox>} */
export const look = (keys) => signed(keys, "GET", "/api/v1/mailbox");

/**
 * @param {ReceiptKeys} keys @param {number} seq @param {string} envelope base64
 * @param {{name: string, size: number, sha256: string}[]} [evidence] uploaded before
 */
export const post = (keys, seq, envelope, evidence = []) =>
  signed(keys, "POST", "/api/v1/mailbox/letters", JSON.stringify({ seq, envelope, evidence }));

/**
 * Tell what the reporter has decided.
 * @param {ReceiptKeys} keys @param {string} deed the path below the mailbox
 * @param {Record<string, unknown>} content
 */
export const decide = (keys, deed, content) =>
  signed(keys, "POST", `/api/v1/mailbox/${deed}`, JSON.stringify(content));

/** @returns {Promise<string>} the key an address is sealed to */
export async function notifyKey() {
  return (await read(await fetch("/api/v1/directory", { credentials: "omit" }))).notify;
}

/**
 * The keys a reply is sealed to, the reporter's own aside, and the one a name is.
 * @param {string} unit @param {string[] | null} keepers
 * @returns {Promise<{epoch: number, recipients: string[], oversight: string,
 *   keeper: import("../../../../shared/web/js/keeping.js").Keeper | null}>}
 */
export async function readersOf(unit, keepers) {
  const directory = await read(await fetch("/api/v1/directory", { credentials: "omit" }));
  const found = directory.units.find((/** @type {{id: string}} */ one) => one.id === unit);
  if (!found) throw new Told("");
  const { oversight } = directory;
  const keeper = keeperIn(directory.units, keepers);
  return { epoch: found.epoch, recipients: [found.recipient, oversight], oversight, keeper };
}

/** @param {{id: string, keeps_names: boolean, epoch: number, recipient: string}[]} units
 * @param {string[] | null} keepers */
function keeperIn(units, keepers) {
  const could = units.filter((one) => one.keeps_names && (keepers?.includes(one.id) ?? true));
  could.sort((a, b) => (keepers ? keepers.indexOf(a.id) - keepers.indexOf(b.id) : 0));
  const [first] = could;
  return first ? { unit: first.id, epoch: first.epoch, recipient: first.recipient } : null;
}
