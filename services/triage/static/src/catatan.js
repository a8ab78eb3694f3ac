// @ts-check
// Writes a note of the unit: sealed here to the unit and oversight, then sent.
import { base64 } from "../../../../shared/web/js/bytes.js";
import { sealLetter } from "../../../../shared/web/js/seal.js";
import { busy, field, say } from "./page.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("catatan"));
const text = /** @type {HTMLTextAreaElement} */ (document.getElementById("isi-catatan"));
let isDirty = false;

async function seal() {
  if (!text.value.trim()) {
    say("galat", "kosong");
    return text.focus();
  }
  busy(form, true);
  try {
    const place = JSON.parse(form.dataset.tempat ?? "{}");
    field("amplop").value = base64(await sealLetter({ ...place, text: text.value.trim() }));
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
addEventListener("pagehide", () => {
  text.value = "";
});
busy(form, false);
