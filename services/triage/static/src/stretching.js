// The worker that turns a name and a passphrase into keys, away from the page's thread.
import { stretch } from "../../../../shared/web/js/person.js";

/**
 * @param {MessageEvent<{name: string, passphrase: string, deployment: string}>} message
 */
onmessage = (message) => {
  const { name, passphrase, deployment } = message.data;
  const { authKey, kek } = stretch(name, passphrase, deployment);
  postMessage({ authKey, kek });
};
