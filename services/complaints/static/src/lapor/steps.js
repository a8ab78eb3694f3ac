// @ts-check
// Eight steps in one document. The browser's own "Back" goes one step back: its history keeps
// the same address and the number of the step, nothing else.

import { at, show } from "./page.js";

export class Steps {
  /** @param {(number: number) => void} onShow called when a step has come into view */
  constructor(onShow) {
    /** @type {HTMLElement[]} */
    this.sections = Array.from(document.querySelectorAll("[data-langkah]"));
    this.marks = Array.from(document.querySelectorAll(".ketukan i"));
    this.places = /** @type {HTMLElement[]} */ (
      Array.from(document.querySelectorAll("[data-letak]"))
    );
    this.number = 1;
    this.onShow = onShow;
  }

  get last() {
    return this.sections.length;
  }

  get section() {
    return this.sections[this.number - 1];
  }

  start() {
    history.replaceState({ langkah: 1 }, "");
    addEventListener("popstate", ({ state }) => {
      if (this.section.isConnected) this.show(state?.langkah ?? 1);
    });
    at("kembali").addEventListener("click", () => history.back());
    this.show(1, false);
  }

  /** @param {number} number */
  go(number) {
    if (number !== this.number) history.pushState({ langkah: number }, "");
    this.show(number);
  }

  /** The heading takes the focus, so that it is read first. @param {number} number @param {boolean} isMoved */
  show(number, isMoved = true) {
    this.number = Math.min(Math.max(number, 1), this.last);
    this.sections.forEach((section, i) => (section.hidden = i + 1 !== this.number));
    this.places.forEach((place, i) => (place.hidden = i + 1 !== this.number));
    this.marks.forEach((mark, i) => {
      mark.className = i + 1 < this.number ? "s" : i + 1 === this.number ? "k" : "";
    });
    show("kirim", this.number === this.last);
    show("lanjut", this.number !== this.last);
    show("segel", this.number !== this.last);
    at("judul").textContent = this.section.dataset.judul ?? "";
    if (isMoved) {
      scrollTo(0, 0);
      at("judul").focus({ preventScroll: true });
    }
    this.onShow(this.number);
  }

  /** @param {string} field @returns {number} the step that asks for it, 0 when none does */
  stepOf(field) {
    const place = document.getElementById(`f-${field}`)?.closest("[data-langkah]");
    return place instanceof HTMLElement ? Number(place.dataset.langkah) : 0;
  }
}
