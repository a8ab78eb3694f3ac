// @ts-check
// Before one starts: leads a browser that can seal by itself to the one document, and says so.
// Any other goes page by page.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-mulai]"));

/** What sealing needs: randomness and keys of the browser, and today's JavaScript. */
const canSeal =
  isSecureContext && "subtle" in crypto && "randomUUID" in crypto && "hasOwn" in Object &&
  "timeout" in AbortSignal && "at" in Array.prototype && "BigInt64Array" in globalThis;

if (form && canSeal) {
  for (const one of document.querySelectorAll("[data-di-halaman], [data-di-hp]"))
    one.toggleAttribute("hidden", one.hasAttribute("data-di-halaman"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.assign(form.dataset.mulai ?? "");
  });
}
