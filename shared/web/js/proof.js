// @ts-check
// Asks for a challenge and answers it in a worker; without one, in slices on the page's thread.
// A page that uses it has the worker beside its own script: build/proving.js (bundles.json).
import { askedFor, proofOf, readChallenge, solve } from "./challenge.js";

/** @typedef {import("./challenge.js").Challenge} Challenge */
/** @typedef {import("./challenge.js").Told} Told */

export const PROOF_HEADER = "Kentongan-Proof";
const SCRIPT = new URL("proving.js", import.meta.url).href;

/**
 * The value of the header Kentongan-Proof for exactly these bytes (ADR 18): a complaint's body, or
 * a mailbox request's signature. All that leaves the device for it is their SHA-256. About a second
 * on a cheap phone; good for half an hour.
 * @param {Uint8Array} content
 * @param {Told} [onProgress] the share of all numbers tried, 0 to 1; most answers come before 1
 * @returns {Promise<string>} throws what fetch throws, and Told-like {message} of a refusal
 */
export async function prove(content, onProgress = () => {}) {
  const answer = await fetch("/api/v1/challenge", {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ for: askedFor(content) }),
    credentials: "omit",
  });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.message), { code: told.code });
  const challenge = readChallenge(told);
  return proofOf(challenge, await numberOf(challenge, onProgress));
}

/** @param {Challenge} challenge @param {Told} onProgress @returns {Promise<number>} */
async function numberOf(challenge, onProgress) {
  try {
    return await inWorker(challenge, onProgress);
  } catch (fault) {
    if (!(fault instanceof NoWorker)) throw fault;
    return solve(challenge, onProgress, () => new Promise((resolve) => setTimeout(resolve)));
  }
}

class NoWorker extends Error {}

/** @param {Challenge} challenge @param {Told} onProgress @returns {Promise<number>} */
function inWorker(challenge, onProgress) {
  const worker = started();
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.share !== undefined) return onProgress(data.share);
      if (data.number >= 0) resolve(data.number);
      else reject(Object.assign(new Error("proof"), { code: "proof_impossible" }));
    };
    worker.onerror = () => reject(new NoWorker());
    worker.postMessage(challenge);
  }).finally(() => worker.terminate());
}

function started() {
  try {
    return new Worker(address(), { type: "module" });
  } catch {
    throw new NoWorker();
  }
}

/** @type {string | undefined} */
let trusted;

/** @returns {string} the one address a worker may start from, as a trusted one */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes;
  trusted ??= types
    ? types
        .createPolicy("kentongan-proof", {
          createScriptURL: (/** @type {string} */ asked) => {
            if (asked !== SCRIPT) throw new TypeError("not our worker");
            return asked;
          },
        })
        .createScriptURL(SCRIPT)
    : SCRIPT;
  return /** @type {string} */ (trusted);
}
