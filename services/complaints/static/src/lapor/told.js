// @ts-check
// What the server answers, and the two ways in which it may not.

/** @typedef {{code: string, field: string | null, message: string}} Problem */

/** The server refused, with its own sentences in the reader's language. */
export class Told extends Error {
  /** @param {number} status @param {Problem[]} problems never empty */
  constructor(status, problems) {
    super(problems[0].code);
    this.name = "Told";
    this.code = problems[0].code;
    this.problems = problems;
    /** Whether nothing of it can have been kept: neither now, nor when it was sent before. */
    this.isFinal =
      status < 500 && status !== 429 && status !== 408 && !this.code.startsWith("proof");
  }
}

/** No answer came: what was sent may have arrived or not. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
    this.code = "unreachable";
  }
}

/**
 * POST JSON without cookies; raises Told and Unreachable.
 * @param {string} path @param {BodyInit} body @param {Record<string, string>} [more] headers
 * @returns {Promise<any>}
 */
export async function post(path, body, more = {}) {
  const headers = {
    "Content-Type": "application/json",
    "Accept-Language": document.documentElement.lang,
    ...more,
  };
  let answer;
  let content;
  try {
    const signal = AbortSignal.timeout(90_000);
    answer = await fetch(path, { method: "POST", headers, body, credentials: "omit", signal });
    content = await answer.json();
  } catch {
    throw new Unreachable();
  }
  if (answer.ok) return content;
  const { errors, code = "fault", field = null, message = "" } = content;
  throw new Told(answer.status, errors?.length ? errors : [{ code, field, message }]);
}
