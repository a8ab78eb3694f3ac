// @ts-check
// Passkeys: asks the browser for a new one, for a signature, or for the key its PRF gives. What the
// PRF gives stays in this page.
import { base64url, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { Refusal } from "../../../../shared/web/js/errors.js";
import { kekOfPrf, prfInput } from "../../../../shared/web/js/person.js";
import { get } from "./opening.js";

/** @typedef {{id: string, transports: string[]}} Known */
/** @typedef {{challenge: string, handle: string, kinds: number[], stand: Known[]}} Wanted */
/** @typedef {{prf?: {enabled?: boolean, results?: {first: ArrayBuffer}}}} Extensions */

const WAIT_MS = 120_000;

/**
 * Whether this browser can, and this address is the one passkeys are for.
 * @param {string | undefined} origin
 */
export const mayUsePasskeys = (origin) =>
  "PublicKeyCredential" in window && location.origin === origin;

/** @param {string} text base64url @returns {Uint8Array<ArrayBuffer>} */
function bytes(text) {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return new Uint8Array(fromBase64(plain.padEnd(Math.ceil(plain.length / 4) * 4, "=")));
}

/** @param {ArrayBuffer} content */
const text = (content) => base64url(new Uint8Array(content));

/** @param {Known[]} keys @returns {PublicKeyCredentialDescriptor[]} */
const named = (keys) =>
  keys.map(({ id, transports }) => ({
    type: "public-key",
    id: bytes(id),
    transports: /** @type {AuthenticatorTransport[]} */ (transports),
  }));

/** @param {string} deployment */
const prf = (deployment) => ({ prf: { eval: { first: new Uint8Array(prfInput(deployment)) } } });

/** @param {Credential | null} one @returns {PublicKeyCredential} */
function made(one) {
  if (!(one instanceof PublicKeyCredential)) throw new Error("no passkey");
  return one;
}

/** @param {PublicKeyCredential} one @returns {Extensions} */
const extensions = (one) => /** @type {Extensions} */ (one.getClientExtensionResults());

/** @param {Extensions} given @returns {Uint8Array | null} the key for wrapping, wiped by the caller */
function kekIn({ prf: given }) {
  if (!given?.results) return null;
  const output = new Uint8Array(given.results.first);
  const kek = kekOfPrf(output);
  output.fill(0);
  return kek;
}

/**
 * A signature over the server's challenge by whichever passkey the person picks; no name is asked.
 * @param {string} address of the challenge @param {string} rpId
 * @returns {Promise<string>} the answer for the server, as JSON
 */
export async function signature(address, rpId) {
  const { challenge } = await (await get(address)).json();
  const one = made(
    await navigator.credentials.get({
      publicKey: {
        challenge: bytes(challenge),
        rpId,
        timeout: WAIT_MS,
        userVerification: "preferred",
      },
    }),
  );
  const answer = /** @type {AuthenticatorAssertionResponse} */ (one.response);
  return JSON.stringify({
    id: one.id,
    rawId: one.id,
    type: one.type,
    response: {
      clientDataJSON: text(answer.clientDataJSON),
      authenticatorData: text(answer.authenticatorData),
      signature: text(answer.signature),
      userHandle: answer.userHandle ? text(answer.userHandle) : null,
    },
  });
}

/**
 * A new passkey and, where its device has a PRF, the key it gives.
 * @param {Wanted} wanted
 * @param {{rpId: string, brand: string, name: string, title: string, deployment: string}} who
 * @returns {Promise<{answer: string, transports: string[], kek: Uint8Array | null}>}
 */
export async function newPasskey({ challenge, handle, kinds, stand }, who) {
  const one = made(
    await navigator.credentials.create({
      publicKey: {
        challenge: bytes(challenge),
        rp: { id: who.rpId, name: who.brand },
        user: { id: bytes(handle), name: who.name, displayName: who.title },
        pubKeyCredParams: kinds.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: named(stand),
        authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
        attestation: "none",
        timeout: WAIT_MS,
        extensions: /** @type {any} */ (prf(who.deployment)),
      },
    }),
  );
  const answer = /** @type {AuthenticatorAttestationResponse} */ (one.response);
  const transports = answer.getTransports?.() ?? [];
  const given = extensions(one);
  const asked = given.prf?.enabled ? [{ id: one.id, transports }] : [];
  const kek = kekIn(given) ?? (asked.length ? (await openedBy(asked, who)).kek : null);
  return {
    answer: JSON.stringify({
      id: one.id,
      rawId: one.id,
      type: one.type,
      response: {
        clientDataJSON: text(answer.clientDataJSON),
        attestationObject: text(answer.attestationObject),
        transports,
      },
    }),
    transports,
    kek,
  };
}

/**
 * The key that one of these passkeys gives. Its signature is thrown away: what opens is the key.
 * @param {Known[]} keys @param {{rpId: string, deployment: string}} where
 * @returns {Promise<{id: string, kek: Uint8Array}>}
 */
export async function openedBy(keys, { rpId, deployment }) {
  const one = made(
    await navigator.credentials.get({
      publicKey: {
        challenge: crypto.getRandomValues(new Uint8Array(32)),
        rpId,
        allowCredentials: named(keys),
        timeout: WAIT_MS,
        userVerification: "required", // without it a device gives another key
        extensions: /** @type {any} */ (prf(deployment)),
      },
    }),
  );
  const kek = kekIn(extensions(one));
  if (!kek) throw new Refusal("no_prf");
  return { id: one.id, kek };
}

/**
 * What a passkey opens in place of the passphrase: its key, and the identity wrapped for it.
 * @param {{kunciSandi?: string, pihak?: string, deployment?: string}} told
 * @returns {Promise<{kek: Uint8Array, identity: string}>}
 */
export async function unlockedByPasskey({ kunciSandi = "", pihak = "", deployment = "" }) {
  /** @type {{keys: (Known & {wrapped: string})[]}} */
  const { keys } = await (await get(kunciSandi)).json();
  const { id, kek } = await openedBy(keys, { rpId: pihak, deployment });
  const mine = keys.find((one) => one.id === id);
  if (!mine) throw new Refusal("no_prf");
  return { kek, identity: mine.wrapped };
}
