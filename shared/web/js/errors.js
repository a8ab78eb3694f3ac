// @ts-check
// What the browser's cryptography refuses; `code` is the same word the servers use.

export class Refusal extends Error {
  /** @param {string} code @param {Record<string, number | string>} [params] never content or keys */
  constructor(code, params = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.params = params;
  }
}
