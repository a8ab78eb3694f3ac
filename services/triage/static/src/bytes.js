// Bytes as text and back.

/**
 * Base64url without padding (RFC 4648 §5).
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function encode(bytes) {
  return standard(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Base64 with padding (RFC 4648 §4).
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function standard(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(text);
}

/**
 * Bytes from base64.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function decode(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
