// Asks the worker for keys. The passphrase never leaves this page.

/** @typedef {{authKey: Uint8Array, kek: Uint8Array}} PersonKeys */

const SCRIPT = new URL("stretching.js", import.meta.url).href;

/**
 * The one address this page may start a worker from.
 * @returns {string | TrustedScriptURL}
 */
function workerAddress() {
  if (!window.trustedTypes) return SCRIPT;
  const policy = window.trustedTypes.createPolicy("kentongan", {
    createScriptURL: (address) => {
      if (address !== SCRIPT) throw new TypeError("not our worker");
      return address;
    },
  });
  return policy.createScriptURL(SCRIPT);
}

/** @type {string | TrustedScriptURL | undefined} */
let address;

/**
 * Stretch a passphrase (Argon2id, 64 MiB, about two seconds) in a worker that ends afterwards.
 * @param {string} name as the person signs in
 * @param {string} passphrase
 * @param {string} deployment
 * @returns {Promise<PersonKeys>}
 */
export function keysOf(name, passphrase, deployment) {
  address ??= workerAddress();
  const worker = new Worker(/** @type {string} */ (address), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = (message) => resolve(message.data);
    worker.onerror = (fault) => reject(fault.error ?? new Error("worker"));
    worker.postMessage({ name: name.trim().toLowerCase(), passphrase, deployment });
  }).finally(() => worker.terminate());
}
