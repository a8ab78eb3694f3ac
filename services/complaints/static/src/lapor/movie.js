// @ts-check
// Takes place, time, device and hidden tracks out of MP4 and M4A files, where they stand.
// The twin of shared/media/movie.py and track.py, whose docstrings say why.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { letters, number } from "./kinds.js";

/** @typedef {{kind: string, at: number, inside: number, end: number}} Box */

const TABLES =
  "stsd stts ctts cslg stsc stsz stz2 stco co64 stss stsh stdp sdtp sbgp sgpd subs saiz saio";
/** @type {Record<string, string[]>} */
const STAYS = Object.fromEntries(
  Object.entries({
    file: "ftyp styp sidx mdat moov moof mfra",
    moov: "mvhd trak mvex",
    trak: "tkhd edts mdia",
    edts: "elst",
    mdia: "mdhd hdlr minf",
    minf: "vmhd smhd dinf stbl",
    dinf: "dref",
    stbl: TABLES,
    mvex: "mehd trex",
    moof: "mfhd traf",
    traf: `tfhd tfdt trun ${TABLES}`,
    mfra: "tfra mfro",
  }).map(([box, inside]) => [box, inside.split(" ")]),
);
/** @type {Record<string, string>} */
const WAY_DOWN = { trak: "mdia", mdia: "minf", minf: "stbl" };
const MOST_BOXES = 20_000;
const MOST_ROWS = 200_000;

const broken = () => new Refusal("file_broken");

/** @param {Uint8Array} content cleaned in place; refuses with file_broken */
export function cleanMovie(content) {
  const top = boxes(content, 0, content.length, true);
  const kinds = top.map((box) => box.kind);
  if (kinds[0] !== "ftyp" || !kinds.includes("mdat") || !kinds.includes("moov")) throw broken();
  for (const box of top) if (box.kind === "moov") dropUnplayed(content, box);
  clean(content, top, "file");
}

/** @param {Uint8Array} content @param {number} at @param {number} end @param {boolean} [isFile] */
function boxes(content, at, end, isFile = false) {
  /** @type {Box[]} */
  const found = [];
  while (at < end) {
    let size = number(content, at, 4);
    let inside = at + 8;
    if (size === 1) {
      size = number(content, at + 8, 8);
      inside = at + 16;
    } else if (size === 0 && isFile) size = end - at;
    if (inside > at + size || at + size > end || found.length === MOST_BOXES) throw broken();
    found.push({ kind: letters(content, at + 4, 4), at, inside, end: at + size });
    at += size;
  }
  return found;
}

/** @param {Uint8Array} content @param {Box[]} found @param {string} parent */
function clean(content, found, parent) {
  for (const box of found) {
    const { kind, inside, end } = box;
    if (!STAYS[parent].includes(kind)) blank(content, box);
    else if (Object.hasOwn(STAYS, kind)) clean(content, boxes(content, inside, end), kind);
    else if (["mvhd", "tkhd", "mdhd"].includes(kind)) {
      const wide = inside < end && content[inside] === 1 ? 8 : 4;
      zero(content, inside + 4, Math.min(end, inside + 4 + 2 * wide));
    } else if (kind === "hdlr") zero(content, Math.min(end, inside + 12), end);
    else if (kind === "dref")
      for (const entry of boxes(content, Math.min(end, inside + 8), end))
        zero(content, Math.min(entry.end, entry.inside + 4), entry.end);
  }
}

/** @param {Uint8Array} content @param {Box} moov */
function dropUnplayed(content, moov) {
  const inside = boxes(content, moov.inside, moov.end);
  for (const track of inside.filter((box) => box.kind === "trak")) {
    const leaves = leavesOf(content, track);
    const handler = leaves.get("hdlr");
    if (handler && ["vide", "soun"].includes(letters(content, handler.inside + 8, 4))) continue;
    if (inside.some((box) => box.kind === "mvex")) throw broken();
    wipeSamples(content, (kind) => {
      const box = leaves.get(kind);
      return box && content.slice(box.inside, box.end);
    });
    blank(content, track);
  }
}

/** @param {Uint8Array} content @param {Box} track */
function leavesOf(content, track) {
  /** @type {Map<string, Box>} */
  const leaves = new Map();
  /** @type {Box | undefined} */
  let level = track;
  while (level) {
    /** @type {Box[]} */
    const inside = boxes(content, level.inside, level.end);
    /** @type {string} */
    const below = WAY_DOWN[level.kind];
    level = inside.find((box) => box.kind === below);
    for (const box of inside) if (!leaves.has(box.kind)) leaves.set(box.kind, box);
  }
  return leaves;
}

/**
 * @param {Uint8Array} content
 * @param {(kind: string) => Uint8Array | undefined} table the content of a box of this track
 */
function wipeSamples(content, table) {
  const none = new Uint8Array(8);
  const wide = table("co64");
  const offsets = wide ? numbers(wide, 4, 8) : numbers(table("stco") ?? none, 4, 4);
  const stsz = table("stsz");
  if (!stsz) throw broken();
  const each = number(stsz, 4, 4);
  const sizes = each ? [] : numbers(stsz, 8, 4);
  const runs = numbers(table("stsc") ?? none, 4, 4, 3);
  let left = content.length;
  let [run, sample] = [-3, 0];
  for (const [index, offset] of offsets.entries()) {
    if (run + 3 < runs.length && runs[run + 3] <= index + 1) run += 3;
    if (run < 0) throw broken();
    const count = runs[run + 1];
    const size = each
      ? each * count
      : sizes.slice(sample, sample + count).reduce((sum, one) => sum + one, 0);
    sample += count;
    left -= size;
    if (left < 0 || offset + size > content.length) throw broken();
    zero(content, offset, offset + size);
  }
}

/** @param {Uint8Array} table @param {number} at @param {number} wide @param {number} [row] */
function numbers(table, at, wide, row = 1) {
  const count = number(table, at, 4) * row;
  if (at + 4 + count * wide > table.length || count > MOST_ROWS) throw broken();
  return Array.from({ length: count }, (_, index) => number(table, at + 4 + index * wide, wide));
}

/** @param {Uint8Array} content @param {Box} box */
function blank(content, box) {
  content.set([0x66, 0x72, 0x65, 0x65], box.at + 4); // "free"
  zero(content, box.inside, box.end);
}

/** @param {Uint8Array} content @param {number} start @param {number} end */
function zero(content, start, end) {
  if (end > start) content.fill(0, start, end);
}
