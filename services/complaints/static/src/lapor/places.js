// @ts-check
// Step 2 in the phone: search and browse over two static files; the region never leaves the phone.
// What is chosen stands in one hidden field "found"; the radios only choose.

import { element, sentence } from "../words.js";

/** @typedef {ReturnType<typeof import("./regions.js").open>} Regions */

/** @param {HTMLElement} section */
export function createPlaces(section) {
  const box = /** @type {HTMLElement} */ (section.querySelector("#f-region"));
  const input = /** @type {HTMLInputElement} */ (section.querySelector("[name=search]"));
  const button = /** @type {HTMLButtonElement} */ (section.querySelector("[value=search]"));
  const chosen = document.createElement("input");
  const told = element("p", "", "terpilih");
  const list = document.createElement("fieldset");
  const offered = new Set();
  /** @type {Regions | null} */
  let regions = null;
  let isAsked = false; // a search pressed before the places have arrived is answered when they have
  Object.assign(chosen, { type: "hidden", name: "found" });
  Object.assign(list, { className: "pilihan rapat", tabIndex: -1 });
  told.setAttribute("role", "status");
  button.type = "button";

  /** @param {Regions} loaded takes the place of what stood in the page for those without script */
  function takeOver(loaded) {
    regions = loaded;
    for (const one of section.querySelectorAll("[value=browse], [name=province]"))
      one.closest(".isi, .aksi")?.remove();
    section.querySelector("fieldset.rapat")?.remove();
    input.closest(".cari")?.before(told);
    (box instanceof HTMLFieldSetElement ? (box.lastElementChild ?? box) : box).after(list);
    box.append(chosen);
    if (isAsked) search();
    else browse("");
  }

  /** @param {string} code */
  function choose(code) {
    chosen.value = code;
    chosen.dataset.path = regions?.path(code) ?? "";
    told.replaceChildren(element("span", sentence("dipilih"), "cap ok"), " ", element("b", chosen.dataset.path));
    chosen.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** @param {string} legend @param {HTMLElement[]} rows @param {string[]} above codes, "" for all */
  function draw(legend, rows, above) {
    const head = document.createElement("legend");
    head.append(element("b", legend));
    const ways = element("p", "", "naik");
    for (const code of above) {
      const way = element("button", `‹ ${code ? regions?.path(code).split(",")[0] : sentence("semua_provinsi")}`);
      way.setAttribute("type", "button");
      way.addEventListener("click", () => {
        browse(code);
        list.focus();
      });
      ways.append(way);
    }
    list.replaceChildren(head, ...(above.length > 0 ? [ways] : []), ...rows);
  }

  /** @param {string} code @param {string} name @param {string} lies */
  function row(code, name, lies = "") {
    const label = element("label", "", "opsi");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "pilih", value: code, autocomplete: "off" });
    radio.checked = chosen.value === code;
    radio.addEventListener("change", () => choose(code));
    // A finger goes on to the next list; the arrow keys, which only look round, do not.
    radio.addEventListener("click", ({ detail }) => {
      if (detail === 0) return;
      choose(code);
      deepen();
    });
    const text = element("span", name);
    if (lies) text.append(" ", element("small", lies));
    label.append(radio, text);
    return label;
  }

  /** @param {string} base the list inside it; "" for the provinces */
  function browse(base) {
    const inside = regions?.children(base) ?? [];
    const rows = inside.map(({ code, name }) => row(code, name));
    const level = base ? base.split(".").length : 0;
    const tempat = regions?.path(base).split(",")[0] ?? "";
    if (base) rows.unshift(row(base, sentence(`tidak_tahu_${level}`)));
    draw(sentence(`daftar_${level}`, { tempat }), rows, level === 0 ? [] : level === 1 ? [""] : ["", base.slice(0, 2)]);
    offered.add(base);
  }

  function search() {
    const words = input.value.trim();
    isAsked = true;
    if (!regions) return;
    if (!words) return browse("");
    const rows = regions.search(words).map((code) => {
      const [name, ...lies] = (regions?.path(code) ?? "").split(", ");
      return row(code, name, lies.join(", "));
    });
    draw(
      sentence("cocok", { kata: words }),
      rows.length > 0 ? rows : [element("p", sentence("tidak_ketemu"), "kecil")],
      [""],
    );
    list.focus();
  }

  /** @returns {boolean} whether the list inside what is chosen was shown: once for each place */
  function deepen() {
    const code = chosen.value;
    if (!regions || !code || offered.has(code) || regions.children(code).length === 0) return false;
    browse(code);
    list.focus();
    return true;
  }

  button.addEventListener("click", search);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    search();
  });
  return { takeOver, deepen };
}
