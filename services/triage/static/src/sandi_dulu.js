// @ts-check
// What only the person themselves may begin: the auth key goes along, the passphrase stays.
import { base64url } from "../../../../shared/web/js/bytes.js";
import { sendFilled, stretched } from "./frasa.js";
import { field } from "./page.js";

sendFilled("sandi-dulu", async (form) => {
  const { nama = "", deployment = "" } = form.dataset;
  const { authKey, kek } = await stretched(field("lama").value, nama, deployment);
  kek.fill(0);
  field("kunci").value = base64url(authKey);
  return true;
});
