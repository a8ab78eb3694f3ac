// @ts-check
// Files once, however often "Kirim" is pressed and wherever the line breaks.

import { Told } from "./told.js";

/** @typedef {import("./reading.js").Story} Story */
/** @typedef {import("./route.js").Route} Route */
/** @typedef {{case: string, desk: string, excluded: number,
 *   promised: {step: string, by: string}[]}} Accepted */
/**
 * @typedef {object} Ways
 * @property {(story: Story) => Promise<Route>} ask
 * @property {(story: Story, route: Route) => Promise<Uint8Array<ArrayBuffer>>} seal
 * @property {(body: Uint8Array<ArrayBuffer>) => Promise<Accepted>} post
 * @property {(milliseconds: number) => Promise<void>} wait
 */

// The unit's key, or the rule, changed between question and sealing: ask again, seal again. Other
// processes of the server may go on answering with the old key for five seconds.
const ASKED_AGAIN = new Set(["stale_key", "wrong_unit"]);
const PAUSES = [0, 6000];

/**
 * A sender: what it sealed last is sent again, byte for byte, until its fate is known; only a
 * refusal lets it seal anew. `differs` says that other words than the present ones came in.
 * @param {Ways} ways
 * @returns {(story: Story, route: Route) => Promise<{answer: Accepted, differs: boolean}>}
 */
export function sender({ ask, seal, post, wait }) {
  /** @type {{body: Uint8Array<ArrayBuffer>, words: string} | null} */
  let underway = null;

  /** @param {string} words */
  async function again(words) {
    if (!underway) return null;
    const { body, words: sealed } = underway;
    try {
      return { answer: await post(body), differs: sealed !== words };
    } catch (fault) {
      if (!(fault instanceof Told && fault.isFinal)) throw fault;
      underway = null;
      return null;
    }
  }

  return async (story, route) => {
    const words = JSON.stringify(story);
    const known = await again(words);
    if (known) return known;
    for (let tries = 0; ; tries++) {
      underway = { body: await seal(story, route), words };
      try {
        return { answer: await post(underway.body), differs: false };
      } catch (fault) {
        if (!(fault instanceof Told && fault.isFinal)) throw fault;
        underway = null;
        if (!ASKED_AGAIN.has(fault.code) || tries >= PAUSES.length) throw fault;
        await wait(PAUSES[tries]);
        route = await ask(story);
      }
    }
  };
}
