// @ts-check
// The digits as a QR code, drawn here: a bundle of its own, loaded when somebody asks for it.

import { correction, generate, mode } from "lean-qr";
import { pngOf } from "./png.js";

const QUIET = 4; // squares round the code (ISO/IEC 18004)
const SCALE = 8;

/** @param {string} digits @returns {Uint8Array<ArrayBuffer>} a PNG that holds the digits, no address */
export function qrOf(digits) {
  const code = generate(mode.numeric(digits), { minCorrectionLevel: correction.M });
  return pngOf(code.size + 2 * QUIET, SCALE, (x, y) => code.get(x - QUIET, y - QUIET));
}
