// @ts-check
// Sums of rupiah as people write and say them: the twin of domain/amount.py, which states the rules.

export const MOST_RUPIAH = 1e12;

/** @param {string} words @param {number} value @returns {[string, number][]} */
const all = (words, value) => words.split(" ").map((word) => [word, value]);
/** @type {Map<string, number>} */
const SCALES = new Map([
  ...all("ribu rb rbu rebu k ceng thousand", 1e3),
  ...all("juta jt jeti million", 1e6),
  ...all("miliar milyar mlr m billion", 1e9),
  ...all("triliun trilyun t trillion", 1e12),
]);
const DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split(" ");
/** @type {Map<string, number>} */
const ONE = new Map(DIGITS.flatMap((word, n) => (n ? [[word, n], [`${n}`, n]] : [])));
/** Factor, plus, room left. @type {Map<string, [number, number, number]>} */
const TENS = new Map([["belas", [1, 10, 1]], ["puluh", [10, 0, 10]], ["ratus", [100, 0, 100]]]);
/** Value, room left. @type {Map<string, [number, number]>} */
const WHOLE = new Map([["sepuluh", [10, 1]], ["sebelas", [11, 1]], ["seratus", [100, 100]]]);
const HOKKIEN = new Map([["jigo", 25], ["gocap", 50], ["cepek", 100], ["gopek", 500]]);
const COINED = new Map([["seceng", 1e3], ["noceng", 2e3], ["goceng", 5e3], ["ceban", 1e4], ["noban", 2e4], ["goban", 5e4]]);

const FRAME =
  /^(?:(?:sekitar|kira-kira|kurang lebih|kurleb) )?(?:(?:rp|idr)\b[. ]*|rp)?(.*?)(?:[.,]-{1,2})? ?(?:rupiah|perak)?\.?$/;
const TOKEN = /\d{1,3}(?: \d{3})+(?![\d.,])|\d[\d.,]*|[a-z]+(?:-an)?/g;
const GROUPED = /^[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]00)?$/;
const PLAIN = /^(0|[1-9]\d*)(?:[.,](\d{1,2}))?$/;

/** "ribu", also "ribuan" and "rb-an"; 0 when it is none. @param {string | undefined} word */
const scaleOf = (word = "") => SCALES.get(word) || SCALES.get(word.replace(/-?an$/, "")) || 0;

/**
 * Rupiah from 0 to 10^12, null for an empty text, undefined for what is no sum.
 * @param {string} text @returns {number | null | undefined}
 */
export function parseAmount(text) {
  const said = text.replace(/\s+/g, " ").trim().toLowerCase();
  if (!said) return null;
  const inner = (said.length <= 250 && FRAME.exec(said)?.[1]?.trim()) || "";
  const tokens = inner.match(TOKEN) || [];
  const bare = inner.replaceAll(" ", "");
  return bare && tokens.join("").replaceAll(" ", "") === bare ? sum(tokens) : undefined;
}

/** @param {string[]} left what is still to read @returns {number | undefined} */
function sum(left) {
  let exact = true; // off after a fraction, which ends a sum
  const next = () => left[0] ?? "";
  /** @param {string} word */
  const took = (word) => next() === word && !!left.shift();

  /** A number below 1,000 in words; each part must fit the room the part before left. */
  const spoken = () => {
    let value = 0;
    for (let room = 1000; left.length; ) {
      const one = ONE.get(next()) || 0;
      const rank = one ? TENS.get(left[1] ?? "") : undefined;
      const [part, after] = rank ? [one * rank[0] + rank[1], rank[2]] : WHOLE.get(next()) || [one, 1];
      if (!(part > 0 && part < room)) break;
      left.splice(0, rank ? 2 : 1);
      value += part;
      room = after;
    }
    return value;
  };

  /** Hundredths, and whether a scale may or must follow. @returns {[number, boolean, boolean]} */
  const number = () => {
    const word = next();
    const hokkien = HOKKIEN.get(word);
    if (hokkien) return left.shift(), [hokkien * 100, true, true];
    if (GROUPED.test(word)) return left.shift(), [+word.replace(/[.,]00$/, "").replace(/[., ]/g, "") * 100, false, false];
    const plain = ONE.has(word) ? null : PLAIN.exec(word);
    if (plain) {
      left.shift();
      const cents = +(plain[2] ?? "").padEnd(2, "0");
      exact = !cents;
      return [+plain[1] * 100 + cents, true, !exact];
    }
    let hundredths = spoken() * 100;
    if (hundredths < 1e4 && took("setengah")) hundredths += 50;
    else if (hundredths && took("koma"))
      for (const worth of [10, 1]) hundredths += DIGITS.includes(next()) ? DIGITS.indexOf(/** @type {string} */ (left.shift())) * worth : 0;
    else return [hundredths, true, false];
    exact = false;
    return [hundredths, true, true];
  };

  /** Rupiah and the scale they were counted in; 0 for nonsense. @returns {[number, number]} */
  const group = () => {
    const word = next();
    const whole = COINED.get(word) || (word.startsWith("se") && scaleOf(word.slice(2)));
    if (whole) return left.shift(), [whole, COINED.has(word) ? 1e3 : whole];
    const [hundredths, may, must] = number();
    const scale = scaleOf(next());
    if (scale) left.shift();
    if (scale ? !may : must) return [0, 1];
    return [Math.floor((hundredths * (scale || 1)) / 100), scale || 1];
  };

  if (left.length === 1 && (next() === "0" || next() === "nol")) return 0;
  let total = 0;
  for (let ceiling = MOST_RUPIAH + 1; left.length; ) {
    const [part, scale] = group();
    if (!(part > 0 && part < ceiling)) return undefined;
    total += part;
    if (scale > 1 && exact && left.length === 1 && took("setengah")) total += scale / 2;
    ceiling = exact ? scale : 1;
  }
  return total <= MOST_RUPIAH ? total : undefined;
}
