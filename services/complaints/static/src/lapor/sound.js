// @ts-check
// Takes names, pictures and texts out of MP3 files: only the sound's own frames stay.
// The twin of shared/media/sound.py.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { letters } from "./kinds.js";

const MPEG1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const MPEG2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
/** @type {Record<number, number[]>} */
const HERTZ = { 3: [44100, 48000, 32000], 2: [22050, 24000, 16000], 0: [11025, 12000, 8000] };
const TAGS_BEHIND = ["TAG", "APETAGEX", "LYRICSBEGIN", "ID3"];
const LONGEST_FRAME = 1441;

/** @param {Uint8Array<ArrayBuffer>} content the run of frames; refuses with file_broken */
export function cleanSound(content) {
  const start = afterTags(content);
  let [at, frames] = [start, 0];
  for (let size = frameBytes(content, at); size > 0 && at + size <= content.length; ) {
    at += size;
    frames += 1;
    size = frameBytes(content, at);
  }
  const behind = letters(content, at, 16);
  const isWhole =
    content.length - at <= LONGEST_FRAME ||
    TAGS_BEHIND.some((tag) => behind.startsWith(tag)) ||
    content.subarray(at).every((byte) => byte === 0);
  if (frames < 2 || !isWhole) throw new Refusal("file_broken");
  return content.slice(start, at);
}

/** @param {Uint8Array} content */
function afterTags(content) {
  let at = 0;
  while (letters(content, at, 3) === "ID3") {
    let size = 0;
    for (const seven of content.subarray(at + 6, at + 10)) size = (size << 7) | (seven & 0x7f);
    at += 10 + size + ((content[at + 5] ?? 0) & 0x10 ? 10 : 0);
  }
  while (at < content.length && content[at] === 0) at++;
  return at;
}

/** @param {Uint8Array} content @param {number} at 0 when no frame stands there */
function frameBytes(content, at) {
  const [first = 0, second = 0, third = 0] = content.subarray(at, at + 3);
  if (at + 4 > content.length || first !== 0xff || (second & 0xe6) !== 0xe2) return 0;
  const [version, rate, hertz] = [(second >> 3) & 3, third >> 4, (third >> 2) & 3];
  if (version === 1 || rate === 0 || rate === 15 || hertz === 3) return 0;
  const bits = (version === 3 ? MPEG1 : MPEG2)[rate] * 1000;
  return Math.floor(((version === 3 ? 144 : 72) * bits) / HERTZ[version][hertz]) + ((third >> 1) & 1);
}
