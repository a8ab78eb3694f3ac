// @ts-check
// /lapor/di-hp: writes, seals and sends in this document. Before "Kirim" it asks for static files
// alone, and once, at the last step, who would handle the disclosed facts.

import { say, sentence } from "../words.js";
import { parseAmount } from "./amount.js";
import { askedBack, showTariff } from "./gentle.js";
import { clearFaults, showFaults, told } from "./faults.js";
import { guard, isCameBack } from "./leaving.js";
import { createOutbox, loadSealing } from "./outbox.js";
import { at, show } from "./page.js";
import { createPlaces } from "./places.js";
import { readStory } from "./reading.js";
import { askRoute } from "./route.js";
import { Steps } from "./steps.js";
import { Told } from "./told.js";
import { typedIn } from "./typed.js";

/** @typedef {import("./reading.js").Story} Story */
/** @typedef {import("./route.js").Route} Route */

const form = /** @type {HTMLFormElement} */ (at("laporan"));
/** @type {Record<string, number>} */
const zones = JSON.parse(form.dataset.zona ?? "{}");
const rules = {
  amount: parseAmount,
  /** @param {string} region */
  hours: (region) => zones[region.slice(0, 2)] ?? 7,
};
/** @param {string} code @returns {HTMLElement} */
const section = (code) =>
  /** @type {HTMLElement} */ (document.querySelector(`[data-kode="${code}"]`));

let digits = "";
/** @type {{facts: string, route: Route} | null} the last answer, and what was asked */
let known = null;
let isChanged = false;
let isBusy = false;

/** @type {ReturnType<typeof import("./evidence.js").createEvidence> | null} */
let evidence = null;
/** @type {typeof import("./sealing.js") | null} what the last step needs, once it is here */
let ending = null;
let isPlaced = false;
let isReviewed = false;

const steps = new Steps(entered);
const places = createPlaces(section("di-mana"));
const outbox = createOutbox({
  deployment: form.dataset.deployment ?? "",
  digits: () => digits,
  evidence: () => evidence,
});

const read = () => readStory(typedIn(form), rules);

/** @param {string} field */
function lead(field) {
  const number = steps.stepOf(field);
  if (number && number !== steps.number) steps.go(number);
  const place = document.getElementById(`f-${field}`);
  place?.closest("details")?.setAttribute("open", "");
  place?.focus();
  place?.scrollIntoView({ block: "center" });
}

/** @param {number} number */
function entered(number) {
  clearFaults();
  say("kabar", "");
  show("tanya", false);
  const { kode } = steps.section.dataset;
  if (kode === "di-mana") void Promise.all([loadRegions(), loadEnding()]);
  if (kode === "berapa") showTariff(typedIn(form));
  if (kode === "bukti") void loadEvidence();
  if (number === steps.last) void review();
}

async function loadRegions() {
  if (isPlaced) return;
  const { load } = await import("./regions.js");
  const regions = await load((form.dataset.wilayah ?? "").split(" "));
  if (!isPlaced) places.takeOver(regions);
  isPlaced = true;
}

async function loadEnding() {
  ending ??= await loadSealing();
  return ending;
}

async function loadEvidence() {
  const { createEvidence } = await import("./evidence.js");
  evidence ??= createEvidence(section("bukti"));
}

function next() {
  const here = read().faults.filter(({ field }) => steps.stepOf(field) === steps.number);
  if (here.length > 0) return showFaults(told(here), lead);
  clearFaults();
  if (steps.section.dataset.kode === "di-mana" && places.deepen()) return;
  if (askedBack(steps.section, typedIn(form), rules.hours)) return;
  steps.go(isReviewed ? steps.last : steps.number + 1);
}

/** Shows what was said, makes the digits, asks who would handle it. */
async function review() {
  isReviewed = true;
  try {
    const { showAnswers } = await loadEnding();
    showAnswers(steps.sections.slice(0, -1), (step) => steps.go(step));
    const { story, faults } = read();
    if (!story) return showFaults(told(faults), lead);
    await Promise.all([ask(story), makeDigits()]);
  } catch {
    showTrouble(sentence("unreachable"));
  }
}

/** @param {string} text beside a button that tries again */
function showTrouble(text) {
  at("jalur-galat").querySelector("p")?.replaceChildren(text);
  show("jalur-galat");
}

async function makeDigits() {
  if (digits) return;
  const { groups, newReceipt } = await loadEnding();
  digits ||= newReceipt();
  at("kode").replaceChildren(...groups(digits));
}

/** @param {Story} story @returns {Promise<Route | null>} null when there was no good answer */
async function ask({ disclosed }) {
  const facts = JSON.stringify(disclosed);
  if (known?.facts === facts) return known.route;
  known = null;
  show("jalur-galat", false);
  say("jalur-kabar", sentence("bertanya"));
  try {
    const [route, { showRoute }] = await Promise.all([askRoute(disclosed), loadEnding()]);
    known = { facts, route };
    showRoute(route, new Set(/** @type {string[]} */ (disclosed.exclude)), form);
    return route;
  } catch (fault) {
    if (fault instanceof Told && fault.isFinal) {
      showFaults(fault.problems, lead);
    } else {
      show("jalur", false);
      showTrouble(sentenceOf(fault));
    }
    return null;
  } finally {
    say("jalur-kabar", "");
  }
}

/** @param {unknown} fault @returns {string} */
function sentenceOf(fault) {
  const { code = "", message = "" } = /** @type {{code?: string, message?: string}} */ (fault);
  if (fault instanceof Told && fault.problems[0].message) return fault.problems[0].message;
  return sentence(code) || evidence?.words(code) || message || sentence("gagal");
}

/** Everything that can be wrong, in the order of the steps. */
function faultsNow() {
  const { story, faults } = read();
  const noted = /** @type {HTMLInputElement} */ (at("f-noted")).checked;
  const all = noted && digits ? faults : [...faults, { code: "not_noted_yet", field: "noted" }];
  return { story, all };
}

async function fileIt() {
  clearFaults();
  const { story, all } = faultsNow();
  if (!story || all.length > 0) return showFaults(told(all), lead);
  say("kabar", sentence("menyiapkan"));
  const route = await ask(story);
  if (!route) return say("kabar", "");
  try {
    const { answer, differs } = await outbox.send(story, route);
    (await loadEnding()).showReceipt(digits, answer, differs);
  } catch (fault) {
    say("kabar", "");
    // What the phone itself refuses (a file that did not go up, work not proved) came before filing.
    // Each bundle has a class of its own for that; their name is the same.
    const isOurs = /** @type {Error} */ (fault).name === "Refusal";
    const isLost = !isOurs && !(fault instanceof Told && fault.isFinal);
    const problems = fault instanceof Told ? fault.problems : [];
    const said = problems.length > 0 ? problems : [{ field: null, message: sentenceOf(fault) }];
    showFaults(isLost ? [...said, { field: null, message: sentence("tersegel") }] : said, lead);
  }
}

/** @param {() => Promise<unknown>} work one at a time, however often it is pressed */
async function once(work) {
  if (isBusy) return;
  isBusy = true;
  at("kirim").setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    isBusy = false;
    document.getElementById("kirim")?.removeAttribute("aria-disabled");
  }
}

function wipe() {
  form.reset();
  ending?.forgetPicture();
  evidence?.clear();
  outbox.forget();
  digits = "";
  known = null;
  at("isi").replaceChildren();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (steps.number < steps.last) next();
  else if (event.submitter?.id === "kirim") void once(fileIt);
});
form.addEventListener("input", () => {
  isChanged = true;
  if (steps.section.dataset.kode === "berapa") showTariff(typedIn(form));
});
at("f-exclude").addEventListener("change", () => {
  clearFaults();
  const { story, faults } = read();
  if (story) void ask(story);
  else showFaults(told(faults), lead);
});
at("tanya-lagi").addEventListener("click", () => {
  show("jalur-galat", false);
  void review();
});
at("selesai").addEventListener("submit", () => {
  isChanged = false;
  history.replaceState(null, "", "/");
});
guard({ isUnsaved: () => isChanged && at("isi").isConnected, wipe });

if (isCameBack()) {
  location.replace("/lapor");
} else {
  at("macet").remove();
  show("tulis");
  steps.start();
}
