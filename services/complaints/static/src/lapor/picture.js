// @ts-check
// Photos lose place, time and camera, and come out at most 1,600 pixels wide and high.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { checkSides, letters, number } from "./kinds.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.85;
const PNG_KEPT = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT"];
const NO_FRAME = [0xc4, 0xc8, 0xcc];

const broken = () => new Refusal("file_broken");

/**
 * A picture painted anew by this phone: a JPEG without anything but its pixels. Where the browser
 * hides what is painted (Tor answers with noise), the picture is cleaned by its structure instead.
 * @param {Uint8Array<ArrayBuffer>} content @param {string} media
 * @returns {Promise<{content: Uint8Array<ArrayBuffer>, media: string}>}
 */
export async function cleanPicture(content, media) {
  const plain = media === "image/png" ? cleanPng(content) : cleanJpeg(content);
  if (!paintsTruly()) return { content: plain, media };
  // Painted from the file as it came: its turning hint is obeyed, then gone.
  const painted = await paint(new Blob([content], { type: media }));
  return { content: cleanJpeg(painted), media: "image/jpeg" };
}

/** @param {Blob} file */
async function paint(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw broken();
  });
  const share = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * share));
  canvas.height = Math.max(1, Math.round(bitmap.height * share));
  const brush = brushOf(canvas);
  brush.fillStyle = "#ffffff"; // JPEG knows no transparency
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  /** @type {Blob | null} */
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0;
  if (!made) throw broken();
  return new Uint8Array(await made.arrayBuffer());
}

/** Whether what is painted can be read back as it is. */
function paintsTruly() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const brush = brushOf(canvas);
  for (let row = 0; row < 8; row++) {
    brush.fillStyle = `rgb(${row * 30}, ${255 - row * 20}, ${row * 7})`;
    brush.fillRect(0, row, 8, 1);
  }
  const { data } = brush.getImageData(0, 0, 8, 8);
  return data.every((value, at) => {
    const row = at >> 5;
    return value === [row * 30, 255 - row * 20, row * 7, 255][at % 4];
  });
}

/** @param {HTMLCanvasElement} canvas */
function brushOf(canvas) {
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  if (!brush) throw broken();
  return brush;
}

/** @param {Uint8Array} content @returns {Uint8Array<ArrayBuffer>} as shared/media/picture.py */
export function cleanJpeg(content) {
  const kept = [content.subarray(0, 2)];
  let hasFrame = false;
  for (let at = 2; ; ) {
    if (content[at] !== 0xff) throw broken();
    while (content[at + 1] === 0xff) at++;
    const marker = content[at + 1] ?? 0;
    if (marker === 0xd9 && hasFrame) return joined([...kept, content.subarray(at, at + 2)]);
    let end = at + 2 + number(content, at + 2, 2);
    if (end < at + 4 || end > content.length) throw broken();
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.includes(marker)) {
      hasFrame = true;
      checkSides(number(content, at + 7, 2), number(content, at + 5, 2));
    }
    if (marker === 0xda) end = scanEnd(content, end);
    const isApp = marker >= 0xe0 && marker <= 0xef;
    if (marker !== 0xfe && (!isApp || marker === 0xe0 || marker === 0xee))
      kept.push(content.subarray(at, end));
    at = end;
  }
}

/** @param {Uint8Array} content @param {number} at */
function scanEnd(content, at) {
  for (;;) {
    at = content.indexOf(0xff, at);
    if (at < 0 || at + 1 >= content.length) throw broken();
    const next = content[at + 1];
    if (next !== 0 && !(next >= 0xd0 && next <= 0xd7) && next !== 0xff) return at;
    at += next === 0xff ? 1 : 2;
  }
}

/** @param {Uint8Array} content @returns {Uint8Array<ArrayBuffer>} as shared/media/picture.py */
export function cleanPng(content) {
  const kept = [content.subarray(0, 8)];
  for (let at = 8; ; ) {
    const kind = letters(content, at + 4, 4);
    const end = at + 12 + number(content, at, 4);
    if (kind.length < 4 || end > content.length || (at === 8) !== (kind === "IHDR")) throw broken();
    if (at === 8) checkSides(number(content, at + 8, 4), number(content, at + 12, 4));
    if (PNG_KEPT.includes(kind)) kept.push(content.subarray(at, end));
    if (kind === "IEND") return joined(kept);
    at = end;
  }
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
