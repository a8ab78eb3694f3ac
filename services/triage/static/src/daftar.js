// @ts-check
// Enrolment: the person's keys are made here; the server gets them wrapped, and the public half.
import { newSeeds, recipientOf } from "../../../../shared/web/js/person.js";
import { fillWrapped, forgetPassphrases, typedPassphrase } from "./frasa.js";
import { busy, field, say } from "./page.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("daftar"));

/** @param {HTMLFormElement} source */
async function enrol(source) {
  const { nama = "", deployment = "" } = source.dataset;
  const phrase = typedPassphrase(nama);
  if (!phrase) return;
  busy(source, true);
  const seeds = newSeeds();
  try {
    field("penerima").value = await recipientOf(seeds);
    await fillWrapped(seeds, phrase, nama, deployment);
    forgetPassphrases();
    source.submit();
  } catch {
    busy(source, false);
    say("status", "");
    say("galat", "gagal");
  } finally {
    seeds.fill(0);
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void enrol(form);
});
if (form) busy(form, false);
