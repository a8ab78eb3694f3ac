// @ts-check
// What is gently asked back before a step is left: the twin of domain/questions.py. The sentences
// stand in the page, one a kind; nothing here leaves the phone.

import { parseAmount } from "./amount.js";
import { compare, equalTo } from "./prices.js";

/** @typedef {{code: string, kind: string, field: string, values: Record<string, string | number>}} Question */

const SIXTEEN = /(?:^|\D)(\d(?:[ .-]?\d){15})(?!\d)/g;
const NIK =
  /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])(?!00)\d\d(?!00)\d\d(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d\d(?!0000)\d{4}$/;
const PHONE =
  /(?:^|[^\d.,])(?:(?:0|(?:\+|00)62\)?[ .-]?(?:\(?0\)?[ .-]?)?)8[1-35-9]\d(?:[ .-]?\d){6,9}|628[1-35-9]\d(?:[ -]?\d){6,9}|\+62\)?[ .-]?\(?[2-7]\d{1,2}\)?(?:[ .-]?\d){5,8})(?!\d)/;
/** @type {Record<string, string>} */
const FREE_TEXTS = { apa: "story", "di-mana": "place", siapa: "who" };

/** @param {string} text */
export const hasNik = (text) =>
  [...text.matchAll(SIXTEEN)].some(([, digits]) => NIK.test(digits.replace(/[ .-]/g, "")));

/** @param {string} text */
export const hasPhone = (text) => PHONE.test(text);

/** "YYYY-MM-DD", "" for an empty text or no day. @param {string} text */
export function isoDay(text) {
  const iso = text.replace(/^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/, (_, d, m, y) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);
  const day = /^(?:199\d|20\d\d)-\d\d-\d\d$/.test(iso) ? new Date(`${iso}T00:00Z`) : NaN;
  return +day && /** @type {Date} */ (day).toISOString().startsWith(iso) ? iso : "";
}

/**
 * What to ask before leaving the step with this code, without what `seen_<code>` says was asked.
 * @param {string} step @param {(name: string) => string} word a field's text, "" when there is none
 * @param {{region: string, today: string, rows: import("./prices.js").Row[]}} known `today` as
 *   YYYY-MM-DD where it happened, `rows` of the chosen service
 * @returns {Question[]}
 */
export function questionsOf(step, word, { region, today, rows }) {
  /** @type {Question[]} */
  const found = [];
  /** @param {unknown} when @param {string} kind @param {string} field @param {Question["values"]} values */
  const ask = (when, kind, field, values = {}) => {
    const code = `${kind}_${field}`;
    if (when && !word(`seen_${code}`)) found.push({ code, kind, field, values });
  };
  const free = FREE_TEXTS[step];
  if (free) {
    ask(hasNik(word(free)), "nik", free);
    ask(hasPhone(word(free)), "phone", free);
  }
  if (step === "berapa") {
    const asked = parseAmount(word("asked"));
    const paid = word("paid_how") === "part" ? parseAmount(word("paid")) : 0;
    for (const [field, amount] of /** @type {const} */ ([["asked", asked], ["paid", paid]])) {
      const tail = (amount || 0) % 1e6;
      if (amount) ask(amount < 1e3 || amount >= 1e9 || (tail && tail < 1e3), "read", field, { amount });
    }
    const equal = equalTo(compare(rows, region, asked));
    ask(equal, "equal", "asked", { tariff: equal?.id ?? "" });
  }
  if (step === "kapan") {
    const handover = isoDay(word("handover_day"));
    const comes = /^le(7d|48h)$/.test(word("timing"));
    ask(isoDay(word("day")) > today, "future", "day");
    ask(comes && !word("handover_day") && word("paid_how") !== "all", "when", "handover_day");
    ask(handover >= today && !word("handover_hour"), "hour", "handover_hour");
    ask(handover && handover < today && comes, "over", "handover_day");
  }
  return found;
}
