// @ts-check
// The parts of the document, found by their id.

/** @param {string} id @returns {HTMLElement} */
export function at(id) {
  const found = document.getElementById(id);
  if (!found) throw new TypeError(`no #${id}`);
  return found;
}

/** @param {string} id @param {boolean} isShown */
export const show = (id, isShown = true) => {
  at(id).hidden = !isShown;
};

/** Lets the browser draw before the next long work. @returns {Promise<void>} */
export const drawn = () =>
  new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
  });
