// @ts-check
// Asks the worker for keys. The passphrase never leaves this page.

/** @typedef {{authKey: Uint8Array, kek: Uint8Array}} PersonKeys */

const SCRIPT = new URL("stretching.js", import.meta.url).href;

/** @returns {string} the one address this page may start a worker from, as a trusted one */
function workerAddress() {
  const types = /** @type {any} */ (window).trustedTypes;
  if (!types) return SCRIPT;
  const policy = types.createPolicy("kentongan", {
    createScriptURL: (/** @type {string} */ address) => {
      if (address !== SCRIPT) throw new TypeError("not our worker");
      return address;
    },
  });
  return policy.createScriptURL(SCRIPT);
}

/** @type {string | undefined} */
let address;

/**
 * Stretch a passphrase (Argon2id, 64 MiB, one to three seconds) in a worker that ends afterwards.
 * @param {string} name as the person signs in
 * @param {string} passphrase
 * @param {string} deployment
 * @param {(share: number) => void} onProgress 0 to 1
 * @returns {Promise<PersonKeys>}
 */
export async function keysOf(name, passphrase, deployment, onProgress) {
  address ??= workerAddress();
  const worker = new Worker(address, { type: "module" });
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) =>
        data.keys ? resolve(data.keys) : onProgress(data.share);
      worker.onerror = () => reject(new Error("worker"));
      worker.postMessage({ name, passphrase, deployment });
    });
  } finally {
    worker.terminate();
  }
}
