// @ts-check
// The unit's next epoch key: made here, wrapped to every member, earlier ones wrapped again.
import { base64, base64url, fromBase64, utf8 } from "../../../../shared/web/js/bytes.js";
import { identityFromSeed } from "../../../../shared/web/js/identity.js";
import { identityOf, openUnitKey, unwrapIdentity } from "../../../../shared/web/js/person.js";
import { decrypt, encrypt } from "../../../../shared/web/js/seal.js";
import { identityToRecipient } from "age-encryption";
import { forgetPassphrases, stretched } from "./frasa.js";
import { get } from "./opening.js";
import { busy, field, say } from "./page.js";

/** @typedef {{epoch: number, wrapped: string}} Earlier */
/** @typedef {{identity: string, recipients: string[], members: string, epoch: number, earlier: Earlier[]}} Material */

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("kunci-unit"));

/**
 * A file every member opens; that we open it ourselves is tried before it replaces anything.
 * @param {string} identity @param {string[]} recipients @param {Uint8Array} seeds
 */
async function wrapped(identity, recipients, seeds) {
  const file = await encrypt(utf8(identity), recipients);
  const again = new TextDecoder().decode(await decrypt(file, [identityOf(seeds)]));
  if (again !== identity) throw new Error("not whole");
  return file;
}

/** @param {Material} material @param {Uint8Array} seeds */
async function fill({ recipients, members, epoch, earlier }, seeds) {
  const identity = identityFromSeed(crypto.getRandomValues(new Uint8Array(32)));
  field("bungkus").value = base64url(await wrapped(identity, recipients, seeds));
  field("penerima").value = await identityToRecipient(identity);
  field("epok").value = `${epoch}`;
  field("anggota").value = members;
  const again = [];
  for (const one of earlier) {
    const held = await openUnitKey(fromBase64(one.wrapped), seeds).catch(() => "");
    if (held) again.push([one.epoch, base64(await wrapped(held, recipients, seeds))]);
  }
  field("terdahulu").value = JSON.stringify(again);
}

/** @param {HTMLFormElement} source */
async function make(source) {
  const { nama = "", deployment = "", bahan = "" } = source.dataset;
  say("galat", "");
  busy(source, true);
  try {
    const { authKey, kek } = await stretched(field("sandi").value, nama, deployment);
    authKey.fill(0);
    /** @type {Material} */
    const material = await (await get(bahan)).json();
    const seeds = await unwrapIdentity(kek, fromBase64(material.identity));
    kek.fill(0);
    say("status", "membungkus");
    await fill(material, seeds).finally(() => seeds.fill(0));
    forgetPassphrases();
    source.submit();
  } catch (fault) {
    const code = /** @type {{code?: string}} */ (fault).code;
    busy(source, false);
    say("status", "");
    say("galat", code === "cannot_open" ? "salah" : "gagal");
    field("sandi").focus();
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void make(form);
});
if (form) busy(form, false);
