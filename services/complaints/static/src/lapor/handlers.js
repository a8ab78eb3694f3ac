// @ts-check
// Step 8: who handles it, by when, who never sees it, and who else may be shut out.

import { element, longDate, sentence } from "../words.js";
import { at, show } from "./page.js";
import { neverSees } from "./route.js";

const NOBODY_KNOWS = "tidak_tahu";

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

/** @param {HTMLFormElement} form @returns {{kinds: HTMLSelectElement, code: string, path: string}} */
function officeIn(form) {
  const kinds = /** @type {HTMLSelectElement} */ (form.elements.namedItem("office_kind"));
  const region = /** @type {HTMLInputElement} */ (form.elements.namedItem("found"));
  return { kinds, code: region?.value ?? "", path: region?.dataset?.path ?? "" };
}

/** @param {string} name @param {string} why */
function shutOut(name, why) {
  const row = element("div");
  row.append(element("dt", name), element("dd", why, "kecil redup"));
  return row;
}

/**
 * @param {Route} route @param {Set<string>} shut units and offices "kind:region" the reporter named
 * @param {HTMLFormElement} form
 */
export function showRoute(route, shut, form) {
  showOffices(form, shut);
  at("penangan").textContent = route.name;
  at("penangan-jenis").textContent = sentence(`desk_${route.kind}`);
  at("janji").replaceChildren(...promises(route.promised));
  const out = neverSees(route).map(({ name, reason }) => shutOut(name, sentence(reason)));
  const { kinds, path } = officeIn(form);
  const own = kinds.value === NOBODY_KNOWS ? [] : [[kinds.value, "accused_office"]];
  const named = [...shut].filter((one) => one.includes(":"));
  for (const [kind, why] of [...named.map((one) => [one.split(":")[0], "reporter_excluded"]), ...own])
    out.unshift(shutOut([wordOf(kinds, kind), path].filter(Boolean).join(", "), sentence(why)));
  const none = shutOut(sentence("tidak_ada"), sentence("sebut_kantor"));
  at("tidak-melihat").replaceChildren(...(out.length > 0 ? out : [none]));
  showChoices(route, shut);
  show("jalur");
}

/** @param {HTMLSelectElement} kinds @param {string} kind */
const wordOf = (kinds, kind) =>
  [...kinds.options].find(({ value }) => value === kind)?.textContent ?? kind;

/** Every other kind of office there, for who must not know. @param {HTMLFormElement} form @param {Set<string>} shut */
function showOffices(form, shut) {
  const { kinds, code } = officeIn(form);
  const list = /** @type {HTMLSelectElement} */ (at("f-office"));
  const others = [...kinds.options].filter(
    ({ value }) => value && value !== NOBODY_KNOWS && value !== kinds.value,
  );
  const options = others.map(({ value, textContent }) => {
    const own = `${value}:${code}`;
    return new Option(textContent ?? "", own, false, shut.has(own));
  });
  list.replaceChildren(list.options[0], ...options);
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
