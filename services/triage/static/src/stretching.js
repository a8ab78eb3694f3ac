// @ts-check
// The worker that turns a name and a passphrase into keys, away from the page's thread.
import { stretch } from "../../../../shared/web/js/person.js";

/** @param {MessageEvent<{name: string, passphrase: string, deployment: string}>} message */
async function work(message) {
  const { name, passphrase, deployment } = message.data;
  const share = (/** @type {number} */ done) => postMessage({ share: done });
  const { authKey, kek } = await stretch(name, passphrase, deployment, share);
  postMessage({ keys: { authKey, kek } });
}

addEventListener("message", (message) => void work(message));
