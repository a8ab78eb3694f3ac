// @ts-check
// The worker that tries the numbers of a challenge, away from the page's thread.
import { solve } from "./challenge.js";

/** @param {MessageEvent<import("./challenge.js").Challenge>} message */
async function work(message) {
  const number = await solve(message.data, (share) => postMessage({ share })).catch(() => -1);
  postMessage({ number });
}

addEventListener("message", (message) => void work(message));
