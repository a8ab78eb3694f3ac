// @ts-check
// Whoever leaves takes everything along: unsent words are asked about, then nothing stays.

/**
 * @param {{isUnsaved: () => boolean, wipe: () => void}} page `isUnsaved` is asked when the page is
 *   about to go; quick exit has emptied the document by then, and does not ask
 */
export function guard({ isUnsaved, wipe }) {
  addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) location.reload();
  });
}

/** @returns {boolean} whether "Back" or "Forward" led here: to a page whose words are gone */
export function isCameBack() {
  const [arrival] = performance.getEntriesByType("navigation");
  return /** @type {PerformanceNavigationTiming} */ (arrival)?.type === "back_forward";
}
