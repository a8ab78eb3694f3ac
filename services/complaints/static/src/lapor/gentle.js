// @ts-check
// Asks back gently before a step is left: each question once, and none holds anybody up.

import { element, sentence } from "../words.js";
import { parseAmount } from "./amount.js";
import { at, show } from "./page.js";
import { money, rowsIn, showPrices } from "./prices.js";
import { questionsOf } from "./questions.js";
import { regionOf, word } from "./typed.js";

/** @typedef {import("./typed.js").Typed} Typed */

/** @param {Typed} typed @param {(region: string) => number} hours ahead of UTC @returns {string} ISO, where it happened */
const today = (typed, hours) =>
  new Date(Date.now() + hours(regionOf(typed)) * 3.6e6).toISOString().slice(0, 10);

/**
 * @param {HTMLElement} section the step @param {Typed} typed @param {(region: string) => number} hours
 * @returns {boolean} whether something was asked: the next press goes on
 */
export function askedBack(section, typed, hours) {
  const rows = rowsIn(document, word(typed, "service"));
  const found = questionsOf(section.dataset.kode ?? "", (name) => word(typed, name), {
    region: regionOf(typed),
    today: today(typed, hours),
    rows,
  });
  const asked = found.map(({ code, kind, values }) => {
    const seen = document.createElement("input");
    Object.assign(seen, { type: "hidden", name: `seen_${code}`, value: "1" });
    section.append(seen);
    const line = rows.find(({ id }) => id === values.tariff)?.line;
    const tariff = line?.querySelector("th")?.firstChild?.textContent?.trim() ?? "";
    const text = sentence(`tanya_${kind}`)
      .replace("%(amount)s", money(Number(values.amount ?? 0)))
      .replace("%(tariff)s", tariff);
    return element("p", text);
  });
  show("tanya", asked.length > 0);
  at("tanya").replaceChildren(...asked);
  if (asked.length > 0) at("tanya").focus();
  return asked.length > 0;
}

/** What it officially costs, beside the question how much was asked. @param {Typed} typed */
export function showTariff(typed) {
  const says = {
    more: sentence("selisih_more"),
    less: sentence("selisih_less"),
    equal: sentence("selisih_equal"),
  };
  const asked = parseAmount(word(typed, "asked"));
  showPrices(document, word(typed, "service"), regionOf(typed), asked, says);
}
