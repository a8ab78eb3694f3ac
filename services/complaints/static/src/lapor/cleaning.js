// @ts-check
// A file as it may travel: of a kind we take, whole, and without what tells on its maker.
import { Refusal } from "../../../../../shared/web/js/errors.js";
import { cleanDocument } from "./document.js";
import { endsAsZip, mediaOf, MOST_BYTES } from "./kinds.js";
import { cleanMovie } from "./movie.js";
import { cleanPicture } from "./picture.js";
import { cleanSound } from "./sound.js";

/** @typedef {{content: Uint8Array<ArrayBuffer>, media: string}} Cleaned */

/**
 * Refuses with file_empty, file_too_large, file_kind, file_heic, file_two_kinds, file_pixels or
 * file_broken. `content` itself may be changed.
 * @param {Uint8Array<ArrayBuffer>} content
 * @returns {Promise<Cleaned>}
 */
export async function cleaned(content) {
  if (content.length === 0) throw new Refusal("file_empty");
  if (content.length > MOST_BYTES) throw new Refusal("file_too_large");
  const media = mediaOf(content);
  if (endsAsZip(content)) throw new Refusal("file_two_kinds");
  if (media.startsWith("image/")) return cleanPicture(content, media);
  return { content: withoutTraces(media, content), media };
}

/** @param {string} media of no picture @param {Uint8Array<ArrayBuffer>} content */
export function withoutTraces(media, content) {
  if (media === "audio/mpeg") return cleanSound(content);
  if (media === "application/pdf") cleanDocument(content);
  else cleanMovie(content);
  return content;
}
