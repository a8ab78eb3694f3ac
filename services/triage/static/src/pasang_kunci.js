// @ts-check
// A new passkey: the passphrase proves who asks and opens the seeds, which are wrapped once more
// under the key of the passkey's PRF, where it has one.
import { base64url, fromBase64 } from "../../../../shared/web/js/bytes.js";
import { unwrapIdentity, wrapIdentity } from "../../../../shared/web/js/person.js";
import { sendFilled, stretched } from "./frasa.js";
import { get } from "./opening.js";
import { busy, element, field, part, say, sentence } from "./page.js";
import { mayUsePasskeys, newPasskey } from "./passkey.js";

/** @param {DOMStringMap} told what the form knows of this person */
async function fill(told) {
  const { nama = "", deployment = "", bungkus = "", tantangan = "" } = told;
  const { authKey, kek } = await stretched(field("lama").value, nama, deployment);
  field("kunci").value = base64url(authKey);
  const { identity } = await (await get(bungkus)).json();
  const seeds = await unwrapIdentity(kek, fromBase64(identity)).finally(() => kek.fill(0));
  try {
    say("status", "perangkat");
    const who = {
      rpId: told.pihak ?? "",
      brand: told.merek ?? "",
      name: nama,
      title: told.sebutan ?? "",
      deployment,
    };
    const made = await newPasskey(await (await get(tantangan)).json(), who);
    field("pernyataan").value = made.answer;
    field("jalur").value = JSON.stringify(made.transports);
    if (made.kek) field("bungkus").value = base64url(await wrapIdentity(made.kek, seeds));
    made.kek?.fill(0);
  } finally {
    seeds.fill(0);
  }
}

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("pasang-kunci"));
if (form && !mayUsePasskeys(form.dataset.asal)) {
  const word = "PublicKeyCredential" in window ? "alamat_lain" : "tanpa_dukungan";
  part("tak-bisa").replaceChildren(element("p", sentence(word, { alamat: form.dataset.asal ?? "" })));
  part("tak-bisa").hidden = false;
  busy(form, true);
  form.hidden = true;
} else
  sendFilled(
    "pasang-kunci",
    async (one) => {
      if (!field("f-sebutan").value.trim()) {
        say("galat", "tanpa_sebutan");
        field("f-sebutan").focus();
        return false;
      }
      await fill(one.dataset);
      return true;
    },
    { wrong: "salah_lama", at: "lama" },
  );
