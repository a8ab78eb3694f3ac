// @ts-check
// Sentences in the reader's language stand in the page: <template id="kata"><span data-kata="…">.

/** @param {string} word @param {Record<string, string>} [params] replace `{name}` in it */
export function sentence(word, params = {}) {
  const words = /** @type {HTMLTemplateElement | null} */ (document.getElementById("kata"));
  const found = words?.content.querySelector(`[data-kata="${CSS.escape(word)}"]`)?.textContent;
  return (found ?? "").replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "");
}

/** @param {string} id of a live region @param {string} text "" hides it */
export function say(id, text) {
  const place = document.getElementById(id);
  if (!place) return;
  place.textContent = text;
  place.hidden = text === "";
}

/** @param {string} tag @param {string} [text] @param {string} [name] class @returns {HTMLElement} */
export function element(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

/** @param {string} day ISO @returns {string} Rabu, 25 November 2026 */
export const longDate = (day) =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
