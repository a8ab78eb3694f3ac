// @ts-check
// /kotak with JavaScript: the digits stay in this page. What opens and seals is loaded when somebody
// begins to type a code. Without JavaScript the form posts the digits and the server opens.
import { say, sentence } from "./words.js";

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("buka"));
const load = () => import("./opened.js");
let isBusy = false;

/** @param {HTMLFormElement} source once, however often it is pressed */
async function open(source) {
  if (isBusy) return;
  isBusy = true;
  say("galat", "");
  say("kabar", sentence("menyiapkan"));
  try {
    const { enter } = await load();
    await enter(source);
  } catch {
    say("kabar", "");
    say("galat", sentence("gagal"));
  } finally {
    isBusy = false;
  }
}

form?.addEventListener("focusin", () => void load().catch(() => {}), { once: true });
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void open(form);
});
