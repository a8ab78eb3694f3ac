// @ts-check
// How the case stands and what was written, as the page shows it.
import { element, longDate, sentence } from "./words.js";

/** @typedef {import("./post.js").Mailbox} Mailbox */
/** @typedef {import("./post.js").Step} Step */
/** @typedef {import("./letters.js").Opened} Opened */

/** @param {Mailbox} mailbox @returns {HTMLElement[]} */
export function stepsOf(mailbox) {
  const summary = element("dl", "", "ringkas");
  summary.append(pair(sentence("keadaan"), sentence(`state_${mailbox.status}`)));
  if (mailbox.desk) summary.append(pair(sentence("penangan"), sentence(`desk_${mailbox.desk}`)));
  const list = element("ol", "", "langkah-kasus");
  list.append(...mailbox.steps.map(itemOf));
  return [summary, element("h2", sentence("langkah"), "anak"), list];
}

/** @param {Step} step */
function itemOf(step) {
  const item = element("li");
  const name = step.event ? element("span", eventOf(step)) : element("b", sentence(`state_${step.state}`));
  item.append(name, " ", element("span", longDate(step.on), "kecil redup"));
  if (step.late) item.append(element("p", lateness(step.days_late), "cap telat"));
  item.append(...nameLines(step));
  const promised = element("ul");
  for (const { clock, due_on: due } of step.promised) {
    const by = sentence("paling_lambat", { hari: longDate(due) });
    promised.append(element("li", `${sentence(`clock_${clock}`)}: ${by}`));
  }
  if (step.promised.length > 0) item.append(promised);
  return item;
}

/** For what, by what and by whom the name was asked for. @param {Step} step @returns {HTMLElement[]} */
function nameLines({ event, name }) {
  if (!name) return [];
  const lines = [
    sentence("untuk", { tujuan: sentence(`tujuan_${name.purpose}`) || name.purpose }),
    sentence("menurut", { dasar: sentence(`dasar_${name.basis}`) || name.basis }),
    sentence("oleh_siapa", {
      unit: sentence(`desk_${name.desk}`) || name.desk,
      penjaga: sentence(`desk_${name.keeper}`) || name.keeper,
    }),
  ];
  if (name.until) lines.push(sentence(`sampai_${event}`, { hari: longDate(name.until) }));
  return lines.map((line) => element("p", line, "kecil"));
}

/** @param {Step} step */
function eventOf(step) {
  const words = sentence(`event_${step.event}`);
  if (step.is_solved === null) return words;
  const judged = sentence(step.is_solved ? "solved" : "not_solved");
  return `${words}: ${judged}${step.stars ? `, ${sentence("stars", { n: `${step.stars}` })}` : ""}`;
}

/** @param {number | null} days null where the missed date is not known */
function lateness(days) {
  const kind = days === null ? "terlambat" : days < 2 ? `terlambat_${days}` : "terlambat_n";
  return `${sentence(kind, { hari: `${days}` })} ${sentence("diberi_tahu")}`;
}

/** @param {Opened[]} letters @returns {HTMLElement[]} */
export function lettersOf(letters) {
  const list = element("ol", "", "surat");
  for (const { direction, on, text, name, isKept, files } of letters) {
    const isOwn = direction === "in";
    const item = element("li", "", isOwn ? "saya" : "");
    const who = sentence(isOwn ? "dari_anda" : "dari_meja", { hari: longDate(on) });
    const said = name ? sentence("nama_anda", { nama: name }) : text;
    item.append(
      element("p", who, "kecil redup"),
      element("p", said ?? sentence("tidak_terbuka"), said === null ? "galat" : ""),
    );
    if (isKept) item.append(element("p", sentence("nama_terpisah"), "kecil redup"));
    if (files > 0)
      item.append(element("p", sentence("lampiran", { banyak: `${files}` }), "kecil redup"));
    list.append(item);
  }
  if (letters.length === 0) list.append(element("li", sentence("tanpa_surat"), "kosong"));
  return [element("h2", sentence("surat"), "anak"), list];
}

/** @param {string} term @param {string} text */
function pair(term, text) {
  const row = element("div");
  row.append(element("dt", term), element("dd", text));
  return row;
}
