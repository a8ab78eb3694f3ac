// @ts-check
// Sends sealed parts, one after another; a cut connection costs the part under way, no more.
import { Refusal } from "../../../../../shared/web/js/errors.js";

const URL_START = "/api/v1/evidence/";
const WAITS_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];
const WORTH_RETRYING = [408, 429, 500, 502, 503, 504];

/**
 * Sends one file: `sealed` as sealInParts makes it. Called again after a failure with the same
 * `under` it goes on at the part that did not arrive.
 * @param {Under} under
 * @param {(share: number) => void} onProgress 0 to 1 of the file
 * @returns {Promise<void>}
 */
export async function sendFile(under, onProgress) {
  for (;;) {
    if (!under.part) {
      const next = await under.sealed.parts.next();
      if (next.done) return;
      under.part = next.value;
    }
    await keepTrying(under.sealed.attachment.name, under.number, under.part);
    under.sent += under.part.length;
    under.number += 1;
    under.part = null;
    onProgress(under.sent / under.sealed.sizeBytes);
  }
}

/**
 * What has been sent of a file; the part under way stays until the server has it.
 * @typedef {{sealed: Sealed, number: number, sent: number, part: Uint8Array | null}} Under
 * @typedef {Awaited<ReturnType<typeof import("../../../../../shared/web/js/seal.js").sealInParts>>} Sealed
 * @param {Sealed} sealed
 * @returns {Under}
 */
export const begin = (sealed) => ({ sealed, number: 0, sent: 0, part: null });

/** @param {string} name @param {number} number @param {Uint8Array} part */
async function keepTrying(name, number, part) {
  for (let tries = 0; ; tries++) {
    try {
      // After a cut nobody knows whether the part arrived: ask before sending a megabyte again.
      if (tries > 0 && (await arrived(name)).includes(number)) return;
      const answer = await fetch(`${URL_START}${name}/${number}`, {
        ...QUIET,
        method: "PUT",
        headers: { "Content-Type": "application/octet-stream" },
        body: new Blob([new Uint8Array(part)]),
      });
      if (answer.ok) return;
      if (!WORTH_RETRYING.includes(answer.status)) throw new Refusal(await codeOf(answer));
      if (tries >= WAITS_MS.length) throw new Refusal(await codeOf(answer));
    } catch (fault) {
      if (fault instanceof Refusal) throw fault;
      if (tries >= WAITS_MS.length) throw new Refusal("upload_cut");
    }
    await rest(WAITS_MS[tries]);
  }
}

/** @type {RequestInit} */
const QUIET = { cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" };

/** @param {string} name @returns {Promise<number[]>} the parts the server has */
async function arrived(name) {
  const answer = await fetch(`${URL_START}${name}`, QUIET);
  return answer.ok ? (await answer.json()).parts : [];
}

/** @param {Response} answer @returns {Promise<string>} */
async function codeOf(answer) {
  try {
    return (await answer.json()).code ?? "upload_cut";
  } catch {
    return "upload_cut";
  }
}

/** Sooner when the phone says it is connected again. @param {number} milliseconds */
function rest(milliseconds) {
  return new Promise((done) => {
    const timer = setTimeout(over, milliseconds);
    function over() {
      clearTimeout(timer);
      removeEventListener("online", over);
      done(undefined);
    }
    addEventListener("online", over);
  });
}
