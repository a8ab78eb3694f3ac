// @ts-check
// Writes a letter: sealed here to the reporter, the unit and oversight, then sent.
import { base64 } from "../../../../shared/web/js/bytes.js";
import { sealLetter } from "../../../../shared/web/js/seal.js";
import { busy, field, say } from "./page.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("surat"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("isi-surat"));
const place = JSON.parse(form.dataset.tempat ?? "{}");
let isDirty = false;

async function seal() {
  if (!text.value.trim()) {
    say("galat", "kosong");
    return text.focus();
  }
  busy(form, true);
  try {
    const file = await sealLetter({ ...place, direction: "out", text: text.value.trim() });
    field("amplop").value = base64(file);
    isDirty = false;
    text.disabled = true;
    form.submit();
  } catch (fault) {
    busy(form, false);
    const code = /** @type {{code?: string}} */ (fault).code;
    say("galat", code === "too_long" ? "panjang" : "gagal");
    text.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void seal();
});
text.addEventListener("input", () => {
  isDirty = true;
});
addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});
busy(form, false);
