// @ts-check
// Words and small changes on the page. Sentences live in the template, in the reader's language:
// <template id="kata"><span data-kata="gagal">…</span></template>

/**
 * The sentence of this name.
 * @param {string} word
 * @param {Record<string, string>} [params] replace `{name}` in it
 */
export function sentence(word, params = {}) {
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById("kata"));
  const found = words?.content.querySelector(`[data-kata="${word}"]`)?.textContent ?? word;
  return found.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
}

/**
 * Show a sentence in the live region `id`; "" hides it.
 * @param {string} id
 * @param {string} word
 * @param {Record<string, string>} [params]
 */
export function say(id, word, params) {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = word ? sentence(word, params) : "";
  place.hidden = !word;
}

/** @param {number} share 0 to 1, shown in steps of ten so that a screen reader is not flooded */
export const percent = (share) => `${Math.floor(share * 10) * 10}`;

/**
 * @param {HTMLFormElement} form
 * @param {boolean} on
 */
export function busy(form, on) {
  form.setAttribute("aria-busy", String(on));
  for (const button of form.querySelectorAll("button")) button.disabled = on;
}

/** @param {string} id @returns {HTMLInputElement} */
export const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** @param {string} id @returns {HTMLElement} */
export const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * A new element with text in it.
 * @param {string} tag
 * @param {string} [text]
 * @param {string} [name] its class
 */
export function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}
