// @ts-check
// The form's words, checked: what services may know, what only people read, where news may go.
// The twin of domain/reading.py; every fault at once. It spares a walk: the server decides.

import { round2 } from "./rounding.js";
import { regionOf, word, words } from "./typed.js";

/** @typedef {import("./typed.js").Typed} Typed */
/** @typedef {{code: string, field: string}} Fault */
/**
 * @typedef {object} Story
 * @property {Record<string, unknown>} disclosed as shared/rulebook/disclosed.py dumps it
 * @property {Record<string, string>} body for people only
 * @property {string} address an e-mail address or ""
 * @property {string} name kept apart from the story, or ""
 * @property {unknown} [files] what goes along, to tell one sending from another
 */
/**
 * @typedef {object} Rules
 * @property {(text: string) => number | null | undefined} amount undefined for what is no sum
 * @property {(region: string) => number} hours how far the clock there is ahead of UTC
 */

export const MOST_LETTERS = 20_000;
const MOST_NAME = 200; // as domain/reading.py
const MOST_SHUT = 3; // EXCLUSIONS_MAX in shared/rulebook/routing.py; the server says so in its own words
const WISHES = ["anonymous", "confidential", "contact"];
const PAID_HOW = ["none", "all", "part", "goods", "unknown"];
const DAY = {
  iso: /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  said: /^(?<d>\d{1,2})[-/.](?<m>\d{1,2})[-/.](?<y>\d{4})$/,
};
// As domain/address.py; lengths of RFC 5321 §4.5.3.1.
const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/** @param {Typed} typed @param {Rules} rules @returns {{story: Story | null, faults: Fault[]}} */
export function readStory(typed, rules) {
  const reading = new Reading(typed, rules);
  const story = reading.story();
  return { story: reading.faults.length > 0 ? null : story, faults: reading.faults };
}

class Reading {
  /** @param {Typed} typed @param {Rules} rules */
  constructor(typed, rules) {
    this.typed = typed;
    this.rules = rules;
    /** @type {Fault[]} */
    this.faults = [];
  }

  /** @returns {Story} */
  story() {
    const text = this.required("story");
    if (Array.from(text).length > MOST_LETTERS) this.fault("too_long", "story");
    const wish = this.choice("wish", WISHES);
    const address = wish === "contact" ? this.address() : "";
    const name = wish === "confidential" ? word(this.typed, "name") : "";
    if (Array.from(name).length > MOST_NAME) this.fault("too_long", "name");
    return { disclosed: this.disclosed(), body: this.body(text, wish), address, name };
  }

  /** @param {string} text @param {string} wish @returns {Record<string, string>} */
  body(text, wish) {
    const said = { contact_wish: wish };
    const free = ["asked", "paid", "who", "place"].map((key) => [key, word(this.typed, key)]);
    const full = Object.entries({ ...Object.fromEntries(free), ...said });
    return { story: text, ...Object.fromEntries(full.filter(([, one]) => one)) };
  }

  disclosed() {
    const { typed } = this;
    if (words(typed, "exclude").length > MOST_SHUT) this.fault("too_many_shut", "exclude");
    const region = regionOf(typed);
    if (!region) this.fault("required", "region");
    const asked = this.amount("asked");
    return {
      v: 1,
      service: this.required("service"),
      region,
      office_kind: this.required("office_kind"),
      office_region: region,
      asked,
      paid: this.paid(asked),
      frequency: word(typed, "frequency") || "unknown",
      victims: word(typed, "victims") || "unknown",
      vulnerable: words(typed, "vulnerable"),
      coercion: word(typed, "coercion") || "unknown",
      timing: word(typed, "timing") || "unknown",
      handover_at: this.handover(region),
      evidence: words(typed, "evidence"),
      day: this.day("day"),
      exclude: words(typed, "exclude"),
    };
  }

  /** @param {number | null} asked @returns {number | null} */
  paid(asked) {
    const how = this.choice("paid_how", PAID_HOW);
    const part = this.amount("paid");
    if (how === "none") return 0;
    if (how === "all") return asked;
    return how === "part" ? part : null;
  }

  /** @param {string} name @returns {number | null} */
  amount(name) {
    const amount = this.rules.amount(word(this.typed, name));
    if (amount === undefined) this.fault("amount", name);
    return amount == null ? null : round2(amount);
  }

  address() {
    const address = word(this.typed, "email");
    const local = address.split("@")[0];
    if (address.length > 254 || local.length > 64 || !ADDRESS.test(address))
      this.fault("address_malformed", "email");
    return address;
  }

  /** @param {string} name @returns {string | null} ISO */
  day(name) {
    const text = word(this.typed, name);
    if (!text) return null;
    const said = DAY.iso.exec(text) ?? DAY.said.exec(text);
    const { y, m, d } = said?.groups ?? {};
    const [year, month, day] = [y, m, d].map(Number);
    const at = new Date(Date.UTC(year, month - 1, day));
    const isDay = year >= 1990 && year < 2100 && at.getUTCMonth() === month - 1;
    if (isDay && at.getUTCDate() === day) return at.toISOString().slice(0, 10);
    this.fault("day", name);
    return null;
  }

  /** @param {string} region @returns {string | null} UTC, full hour; noon when only the day is known */
  handover(region) {
    const day = this.day("handover_day");
    const hour = word(this.typed, "handover_hour");
    if (!day || !region) return null;
    if (hour && !(/^\d+$/.test(hour) && Number(hour.slice(0, 3)) < 24)) {
      this.fault("unknown_choice", "handover_hour");
      return null;
    }
    const at = Date.parse(`${day}T00:00:00Z`) + (Number(hour || 12) - this.rules.hours(region)) * 3.6e6;
    return `${new Date(at).toISOString().slice(0, 19)}+00:00`;
  }

  /** @param {string} name */
  required(name) {
    const text = word(this.typed, name);
    if (!text) this.fault("required", name);
    return text;
  }

  /** @param {string} name @param {string[]} known the first is meant when nothing is said */
  choice(name, known) {
    const text = word(this.typed, name) || known[0];
    if (!known.includes(text)) this.fault("unknown_choice", name);
    return text;
  }

  /** @param {string} code @param {string} field */
  fault(code, field) {
    this.faults.push({ code, field });
  }
}
