// @ts-check
// Step 8: who handles it, by when, who never sees it, and who else may be shut out.

import { element, longDate, sentence } from "../words.js";
import { at, show } from "./page.js";
import { neverSees } from "./route.js";

/** @typedef {import("./route.js").Route} Route */
/** @typedef {import("./route.js").Named} Named */

/** @param {{step: string, by: string}[]} promised @param {boolean} [isWaiting] with a mark at the end */
export const promises = (promised, isWaiting = false) =>
  promised.map(({ step, by }) => {
    const row = element("div");
    row.append(
      element("dt", sentence(`clock_${step}`)),
      element("dd", sentence("paling_lambat", { hari: longDate(by) }), "kecil redup"),
      isWaiting ? element("dd", sentence("menunggu"), "cap") : element("dd"),
    );
    return row;
  });

/** @param {HTMLFormElement} form @returns {string} the office and where it is, "" when unknown */
export function accusedIn(form) {
  const office = /** @type {HTMLSelectElement} */ (form.elements.namedItem("office_kind"));
  const region = /** @type {HTMLInputElement | null} */ (form.elements.namedItem("found"));
  if (!office.value || office.value === "tidak_tahu") return "";
  return [office.selectedOptions[0].textContent, region?.dataset?.path].filter(Boolean).join(", ");
}

/** @param {string} name @param {string} why */
function shutOut(name, why) {
  const row = element("div");
  row.append(element("dt", name), element("dd", why, "kecil redup"));
  return row;
}

/**
 * @param {Route} route @param {Set<string>} shut units the reporter has ticked
 * @param {string} accused the office itself, "" when nobody knows it
 */
export function showRoute(route, shut, accused) {
  at("penangan").textContent = route.name;
  at("penangan-jenis").textContent = sentence(`desk_${route.kind}`);
  at("janji").replaceChildren(...promises(route.promised));
  const out = neverSees(route).map(({ name, reason }) => shutOut(name, sentence(reason)));
  if (accused) out.unshift(shutOut(accused, sentence("accused_office")));
  const none = shutOut(sentence("tidak_ada"), sentence("sebut_kantor"));
  at("tidak-melihat").replaceChildren(...(out.length > 0 ? out : [none]));
  showChoices(route, shut);
  show("jalur");
}

/** @param {Route} route @param {Set<string>} shut */
function showChoices(route, shut) {
  /** @type {Named[]} */
  const could = [
    route,
    ...route.considered.filter((one) => one.verdict === "passed_over" || shut.has(one.unit)),
  ];
  const focused = document.activeElement?.getAttribute("value");
  const rows = could.map(({ unit, name }) => {
    const row = element("label", "", "opsi");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "exclude", value: unit, autocomplete: "off" });
    box.checked = shut.has(unit);
    row.append(box, element("span", name));
    return row;
  });
  const place = at("f-exclude").querySelector("div");
  place?.replaceChildren(...rows);
  const again = focused && place?.querySelector(`[value="${CSS.escape(focused)}"]`);
  if (again instanceof HTMLElement) again.focus();
}
