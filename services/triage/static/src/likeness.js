// @ts-check
// How alike two letters are, word for word in order: 2 x longest common subsequence over both
// lengths (Sorensen-Dice on it), 0 to 1. Case, punctuation and line breaks do not count. A sample
// that is only made longer, or only has its dates filled in, stays alike. Runs in the browser,
// since no server may see the letter. Vectors: tests/vectors/likeness.json

const LONGEST_WORDS = 2000; // what a person writes; beyond it the rest is not looked at

/** @param {string} text @returns {string[]} */
export const wordsOf = (text) =>
  (text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, LONGEST_WORDS);

/** @param {string} one @param {string} other @returns {number} 0 nothing in common, 1 the same */
export function likeness(one, other) {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.length + right.length === 0) return 1;
  let above = Array.from({ length: right.length + 1 }, () => 0);
  for (const word of left) {
    const row = [0];
    for (let at = 1; at <= right.length; at++)
      row.push(
        word === right[at - 1] ? above[at - 1] + 1 : Math.max(above[at], row[at - 1]),
      );
    above = row;
  }
  return (2 * above[right.length]) / (left.length + right.length);
}

/** @param {string} text @returns {string | undefined} what nobody has replaced: "[tanggal]" */
export const leftOpen = (text) => /\[[^\]\n]{1,80}\]/.exec(text)?.[0];
