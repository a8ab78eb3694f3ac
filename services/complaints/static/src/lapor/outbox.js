// @ts-check
// What happens after "Kirim": keys from the digits, evidence sent, all sealed, work proved, filed.
// Each step is said in words; whatever fails leaves everything where it was.

import { say, sentence } from "../words.js";
import { drawn } from "./page.js";
import { askRoute } from "./route.js";
import { sender } from "./sending.js";
import { Unreachable, post } from "./told.js";

/** @typedef {import("./reading.js").Story} Story */
/** @typedef {import("./route.js").Route} Route */
/** @typedef {import("../../../../../shared/web/js/receipt.js").ReceiptKeys} ReceiptKeys */
/** @typedef {ReturnType<typeof import("./evidence.js").createEvidence>} Evidence */

export const loadSealing = () => import("./sealing.js");

/** @param {string} word @param {number} share 0 to 1 */
const progress = (word, share) =>
  say("kabar", sentence(word, { persen: `${Math.round(share * 100)} %` }));

/**
 * @param {{deployment: string, digits: () => string, evidence: () => Evidence | null}} what
 */
export function createOutbox({ deployment, digits, evidence }) {
  /** @type {Promise<ReceiptKeys> | null} */
  let keys = null;

  /** Of the digits shown; once, about a second on a phone. */
  async function keysOf() {
    const { derive } = await loadSealing();
    keys ??= derive(digits(), deployment, (share) => progress("menghitung", share));
    return keys;
  }

  /** @param {Story} story @param {Route} route */
  async function seal(story, route) {
    const own = await keysOf();
    const { compose, sealInParts } = await loadSealing();
    const files = (await evidence()?.send(sealInParts, (words) => say("kabar", words))) ?? [];
    say("kabar", sentence("menyegel"));
    await drawn();
    return compose(story, { keys: own, route, files, lang: document.documentElement.lang });
  }

  /** @param {Uint8Array<ArrayBuffer>} body */
  async function file(body) {
    const { PROOF_HEADER, prove } = await loadSealing();
    const proof = await prove(body, (share) => progress("membuktikan", share)).catch((fault) => {
      throw fault.code ? fault : new Unreachable();
    });
    say("kabar", sentence("mengirim"));
    return post("/api/v1/complaints", body, { [PROOF_HEADER]: proof });
  }

  const send = sender({
    ask: ({ disclosed }) => askRoute(disclosed),
    seal,
    post: file,
    wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  });
  return {
    /** @param {Story} story @param {Route} route */
    async send(story, route) {
      await evidence()?.ready();
      return send({ ...story, files: evidence()?.files() }, route);
    },
    forget() {
      void keys?.then(({ prk }) => prk.fill(0));
      keys = null;
    },
  };
}
