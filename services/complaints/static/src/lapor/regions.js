// @ts-check
// Regions by browsing and by search: the twin of shared/rulebook/region_search.py, which states the
// rules, over the files that scripts/region_files.py writes.

const KINDS = ["kabupaten", "kota"];
const NOT_FOUND = 2 * 100 * 3 * 3; // what one word found nowhere weighs in a rank

/** @typedef {{code: string, name: string, zone: string, level: number, words: string[], own: string[]}} Place */
/** @typedef {{say: Record<string, string>} & Record<string, [name: string, zone: string, packed: string]>} Head */

/** Edits between two words; swapping neighbours is one. @param {string} one @param {string} other */
function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

/** @param {string} word */
const lettersOf = (word) => [...word].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) & 31)), 0);
/** @param {number} mask */
const bits = (mask) => {
  let count = 0;
  for (let left = mask; left; left &= left - 1) count++;
  return count;
};

/** @param {string[]} urls of regions.json, and of districts.json where districts are wanted */
export async function load(urls) {
  const [head, districts] = await Promise.all(urls.map(async (url) => (await fetch(url)).json()));
  return open(head, districts);
}

/** @param {Head} head @param {Record<string, string>} [districts] */
export function open({ say, ...provinces }, districts = {}) {
  /** @type {Map<string, Place>} */
  const places = new Map();
  const known = new Map();
  const owned = new Set();

  /** @param {string} text */
  const fold = (text) =>
    (text.normalize("NFKD").toLowerCase().replace(/['’`]|[\u0300-\u036f]/g, "").match(/[a-z0-9]+/g) ?? [])
      .flatMap((word) => (Object.hasOwn(say, word) ? say[word] : word).split(" "))
      .map((word) => (/^[ivx]+$/.test(word) ? word : word.replace(/([a-z])\1+/g, "$1")))
      .filter(Boolean);

  /** @param {string} code @param {string} name @param {string} zone */
  const add = (code, name, zone) => {
    const words = fold(name);
    const bare = words.filter((word) => !KINDS.includes(word));
    const own = bare.length ? bare : words;
    const above = places.get(code.slice(0, -3))?.words ?? [];
    places.set(code, { code, name, zone, level: code.length / 3 | 0, own, words: [...words, ...above] });
    for (const word of words) known.set(word, lettersOf(word));
    for (const word of own) owned.add(word);
  };

  /** @param {string} parent @param {string} packed @param {string} zone @param {Record<string, string>} below */
  const unpack = (parent, packed, zone, below) => {
    let number = 0;
    for (const part of packed ? packed.split("|") : []) {
      const [, set, name = part] = /^(\d+):(.*)/.exec(part) ?? [];
      number = set ? +set : number + 1;
      const code = `${parent}.${`${number}`.padStart(2, "0")}`;
      add(code, name, zone);
      unpack(code, below[code], zone, {});
    }
  };
  for (const code of Object.keys(provinces).sort()) {
    const [name, zone, packed] = provinces[code];
    add(code, name, zone);
    unpack(code, packed, zone, districts);
  }

  /** The words it may stand for and how many errors they are away. @param {string} word */
  const nearTo = (word) => {
    const words = [...known.keys()];
    const begun = words.filter((one) => one.startsWith(word) && (word.length > 1 || one === word));
    if (begun.length) return new Map(begun.map((one) => [one, one === word ? 0 : 1]));
    const reach = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
    const letters = lettersOf(word);
    let least = reach;
    let found = new Map();
    for (const [one, its] of reach ? known : []) {
      if (Math.abs(one.length - word.length) > reach || bits(letters ^ its) > 2 * reach) continue;
      const far = distance(word, one);
      if (far < least) found = new Map();
      if (far <= least) found.set(one, 1 + (least = far));
    }
    return found;
  };

  /** @param {string[]} typed */
  const readings = (typed) => {
    const found = [typed];
    typed.forEach((word, at) => {
      const [before, after] = [typed.slice(0, at), typed.slice(at + 1)];
      if (after.length && owned.has(word + after[0])) found.push([...before, word + after[0], ...after.slice(1)]);
      for (let cut = word.length - 3; cut > 2; cut--)
        if (owned.has(word.slice(0, cut)) && owned.has(word.slice(cut))) {
          found.push([...before, word.slice(0, cut), word.slice(cut), ...after]);
          break;
        }
    });
    return found.slice(0, 6);
  };

  /** What ranks the places for one reading. @param {string[]} words @param {Map<string, Map<string, number>>} near */
  const ranking = (words, near) => {
    const kinds = words.filter((word) => KINDS.includes(word));
    const rest = words.filter((word) => !KINDS.includes(word));
    const asked = (rest.length ? rest : words).map((word) => near.get(word) ?? new Map());
    const named = new Set([...kinds, ...asked.flatMap((one) => [...one.keys()])]);
    const whole = words.join();

    /** @param {Place} place @returns {number | null} */
    return ({ words: path, own, level }) => {
      if (!own.some((word) => named.has(word))) return null;
      let [missing, errors, outside] = [0, kinds.filter((kind) => !path.includes(kind)).length, false];
      const met = new Set();
      for (const one of asked) {
        // The fewest errors, then a word of its own name, then the alphabet.
        const [best] = path
          .filter((word) => one.has(word))
          .map((word) => ({ word, far: one.get(word), away: own.includes(word) ? 0 : 1 }))
          .sort((a, b) => a.far - b.far || a.away - b.away || (a.word < b.word ? -1 : 1));
        if (!best) missing++;
        else {
          errors += best.far;
          if (best.away) outside = true;
          else met.add(best.word);
        }
      }
      const way = own.some((word) => !met.has(word)) ? 2 : outside ? 1 : 0;
      return (((missing * 2 + (path.join() === whole ? 0 : 1)) * 100 + errors) * 3 + way) * 3 + level;
    };
  };

  return {
    /** Codes, the best first. @param {string} text */
    search(text, limit = 20) {
      const ways = readings(fold(text.slice(0, 120)).slice(0, 14));
      const near = new Map(ways.flat().map((word) => [word, nearTo(word)]));
      const ranks = ways.map((words) => ranking(words, near));
      const found = [...places.values()].flatMap((place) => {
        const all = ranks.map((rank) => rank(place)).filter((one) => one !== null);
        return all.length ? [{ code: place.code, rank: Math.min(...all) }] : [];
      });
      const missing = Math.min(...found.map((one) => Math.floor(one.rank / NOT_FOUND)));
      return found
        .filter((one) => Math.floor(one.rank / NOT_FOUND) === missing)
        .sort((one, other) => one.rank - other.rank)
        .slice(0, limit)
        .map(({ code }) => code);
    },
    /** In code order; the provinces for "". @param {string} code */
    children: (code) =>
      [...places.values()].filter((one) => one.code.startsWith(code && `${code}.`) && one.level === (code ? (code.length + 1) / 3 : 0)),
    /** "Cibeber, Kabupaten Cianjur, Jawa Barat"; "" for an unknown code. @param {string} code */
    path(code) {
      const names = [];
      for (let at = code; at; at = at.slice(0, -3)) names.push(places.get(at)?.name);
      return names.every(Boolean) ? names.join(", ") : "";
    },
    /** WIB, WITA, WIT; "" for an unknown code. @param {string} code */
    zone: (code) => places.get(code)?.zone ?? "",
  };
}
