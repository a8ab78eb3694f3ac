// @ts-check
// Enrolment: the person's keys are made here; the server gets them wrapped, and the public half.
import { newSeeds, recipientOf } from "../../../../shared/web/js/person.js";
import { fillWrapped, sendFilled, typedPassphrase } from "./frasa.js";
import { field } from "./page.js";

sendFilled("daftar", async (form) => {
  const { nama = "", deployment = "" } = form.dataset;
  const phrase = typedPassphrase(nama);
  if (!phrase) return false;
  const seeds = newSeeds();
  try {
    field("penerima").value = await recipientOf(seeds);
    await fillWrapped(seeds, phrase, nama, deployment);
  } finally {
    seeds.fill(0);
  }
  return true;
});
