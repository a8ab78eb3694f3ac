// @ts-check
// An opened file in a frame that can do nothing: no scripts, no origin (`sandbox` without a word in
// it), and a policy under which nothing can be fetched, from anywhere. The frame's document holds the
// file itself as data. PDF is not shown: browsers read it with a program that the sandbox forbids.

/** @type {Record<string, "img" | "audio" | "video">} */
const TAGS = {
  "image/jpeg": "img",
  "image/png": "img",
  "audio/mpeg": "audio",
  "audio/mp4": "audio",
  "video/mp4": "video",
};
const POLICY = "default-src 'none'; img-src data:; media-src data:";

/** @param {string} media @returns {boolean} */
export const isShowable = (media) => Object.hasOwn(TAGS, media);

/** @param {Blob} content @param {string} media @returns {Promise<string>} `data:image/png;base64,…` */
const asData = (content, media) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(`${reader.result}`);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([content], { type: media }));
  });

/**
 * @param {Blob} content
 * @param {string} media one that isShowable
 * @param {string} name of the frame, for screen readers; letters, digits, "-" and "." only
 * @param {(content: Blob) => string} linkTo keeps the address, so that it can be taken back
 * @returns {Promise<HTMLIFrameElement>}
 */
export async function framed(content, media, name, linkTo) {
  const [tag, data] = [TAGS[media], await asData(content, media)];
  const shown = tag === "img" ? `<img width="100%" alt="${name}" src="${data}">` : `<${tag} controls width="100%" src="${data}"></${tag}>`;
  const text = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><title>${name}</title>${shown}`;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.title = name;
  frame.className = tag === "audio" ? "bingkai suara" : "bingkai";
  frame.src = linkTo(new Blob([text], { type: "text/html" }));
  return frame;
}
