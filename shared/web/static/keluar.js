// Quick exit: the button, or Shift three times within 5 s. Without JavaScript it is a plain link.
// replaceChildren, not innerHTML: trusted types refuse strings.
const button = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-keluar]"));

/** @param {Event} [event] */
function leave(event) {
  if (!button) return;
  event?.preventDefault();
  document.documentElement.replaceChildren();
  location.replace(button.href);
}

let presses = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

button?.addEventListener("click", leave);
addEventListener("keyup", (event) => {
  if (event.key !== "Shift") {
    presses = 0;
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(() => (presses = 0), 5000);
  presses += 1;
  if (presses === 3) leave();
});

// After a refusal the summary takes the focus, so that it is read first.
const summary = /** @type {HTMLElement | null} */ (document.querySelector("[data-galat]"));
summary?.focus();
