// @ts-check
// The words of the form as they stand in the page. The twin of domain/typed.py.

/** @typedef {{[name: string]: string[]}} Typed every text under its name, in the page's order */

/** @param {HTMLFormElement} form @returns {Typed} files are not words */
export function typedIn(form) {
  /** @type {Typed} */
  const typed = {};
  for (const [name, text] of new FormData(form))
    if (typeof text === "string") (typed[name] ??= []).push(text);
  return typed;
}

/** @param {Typed} typed @param {string} name @returns {string} line ends as one LF, "" when none */
export const word = (typed, name) => (typed[name]?.[0] ?? "").replaceAll("\r\n", "\n").trim();

/** @param {Typed} typed @param {string} name @returns {string[]} each once, without what was left empty */
export const words = (typed, name) => [...new Set(typed[name] ?? [])].filter(Boolean);

/** @param {Typed} typed @returns {string} a search hit, else the deepest list that agrees; or "" */
export function regionOf(typed) {
  if (word(typed, "found")) return word(typed, "found");
  let chosen = "";
  for (const name of ["province", "regency", "district"]) {
    const code = word(typed, name);
    if (!code || (chosen && !code.startsWith(`${chosen}.`))) break;
    chosen = code;
  }
  return chosen;
}
