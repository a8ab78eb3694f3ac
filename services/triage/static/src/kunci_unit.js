// @ts-check
// The unit's next epoch key: made here, wrapped to every member, earlier ones wrapped again.
import { base64, base64url, fromBase64, utf8 } from "../../../../shared/web/js/bytes.js";
import { identityFromSeed } from "../../../../shared/web/js/identity.js";
import { identityOf, openUnitKey, unwrapIdentity } from "../../../../shared/web/js/person.js";
import { decrypt, encrypt } from "../../../../shared/web/js/seal.js";
import { identityToRecipient } from "age-encryption";
import { sendFilled, stretched } from "./frasa.js";
import { get } from "./opening.js";
import { field, say } from "./page.js";

/** @typedef {{epoch: number, wrapped: string}} Earlier */
/** @typedef {{identity: string, recipients: string[], members: string, epoch: number, earlier: Earlier[]}} Material */

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

sendFilled(
  "kunci-unit",
  async (form) => {
    const { nama = "", deployment = "", bahan = "" } = form.dataset;
    const { authKey, kek } = await stretched(field("sandi").value, nama, deployment);
    authKey.fill(0);
    /** @type {Material} */
    const material = await (await get(bahan)).json();
    const seeds = await unwrapIdentity(kek, fromBase64(material.identity));
    kek.fill(0);
    say("status", "membungkus");
    await fill(material, seeds).finally(() => seeds.fill(0));
    return true;
  },
  { wrong: "salah", at: "sandi" },
);
