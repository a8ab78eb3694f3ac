// @ts-check
// Another passphrase: the keys are unwrapped and wrapped again here, and stay the same.
import { base64url, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { unwrapIdentity } from "../../../../shared/web/js/person.js";
import { fillWrapped, sendFilled, stretched, typedPassphrase } from "./frasa.js";
import { get } from "./opening.js";
import { field } from "./page.js";

sendFilled(
  "ganti",
  async (form) => {
    const { nama = "", deployment = "", bungkus = "" } = form.dataset;
    const phrase = typedPassphrase(nama);
    if (!phrase) return false;
    const old = await stretched(field("lama").value, nama, deployment);
    const { identity } = await (await get(bungkus)).json();
    const seeds = await unwrapIdentity(old.kek, fromBase64(identity));
    old.kek.fill(0);
    await fillWrapped(seeds, phrase, nama, deployment).finally(() => seeds.fill(0));
    field("kunci-lama").value = base64url(old.authKey);
    return true;
  },
  { wrong: "salah_lama", at: "lama" },
);
