// @ts-check
// What may be disclosed of a sum. The twin of round2 in shared/rulebook/shape.py.

/** @param {number} amount whole, not negative @returns {number} two significant digits, half up */
export function round2(amount) {
  const step = 10 ** Math.max(String(amount).length - 2, 0);
  return Math.floor((amount + Math.floor(step / 2)) / step) * step;
}
