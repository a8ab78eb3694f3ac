// The receipt page, where scripts run: a button that prints, and a way back that shows nothing.
const print = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-cetak]"));
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => globalThis.print());
}

// The browser keeps what was posted to this page and would post it again on "Back". An entry whose
// address was replaced is fetched anew, so that "Back" finds the front page.
document.querySelector("[data-selesai]")?.addEventListener("submit", () => {
  history.replaceState(null, "", "/");
});
