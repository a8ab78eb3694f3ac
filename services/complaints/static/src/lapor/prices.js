// @ts-check
// What was asked, beside what it officially costs: the twin of domain/price.py.

/**
 * A row as the page holds it: `rupiah` null where there is no sum to compare with (free of sums,
 * "sedang dicek", a formula), `provinces` empty for the whole country.
 * @typedef {{id: string, rupiah: number | null, provinces: string[]}} Row
 */

/**
 * The rows in force in a region ("" or "ID": everywhere), with asked − official in rupiah.
 * @param {Row[]} rows of one service @param {string} region @param {number | null | undefined} asked
 * @returns {(Row & {difference: number | null})[]}
 */
export const compare = (rows, region, asked) =>
  rows
    .filter(({ provinces: p }) => !p.length || !region || region === "ID" || p.includes(region.slice(0, 2)))
    .map((row) => ({ ...row, difference: row.rupiah === null || asked == null ? null : asked - row.rupiah }));

/** The official price that was asked to the rupiah. @param {ReturnType<typeof compare>} rows */
export const equalTo = (rows) => rows.find(({ difference, rupiah }) => difference === 0 && rupiah);

/** 250000 → "Rp250.000". @param {number} rupiah */
export const money = (rupiah) => `Rp${`${rupiah}`.replace(/\B(?=(\d{3})+$)/g, ".")}`;

/**
 * The rows of a service as the page holds them (steps/price_block.html).
 * @param {ParentNode} page @param {string} service @returns {(Row & {line: HTMLElement})[]}
 */
export const rowsIn = (page, service) =>
  Array.from(page.querySelectorAll(`[data-harga="${CSS.escape(service)}"] [data-tarif]`), (found) => {
    const line = /** @type {HTMLElement} */ (found);
    const { tarif = "", rupiah, provinsi } = line.dataset;
    return { id: tarif, rupiah: rupiah ? +rupiah : null, provinces: provinsi?.split(" ") ?? [], line };
  });

/**
 * Shows the block of a service, of its rows those of the region, and how far off the sum asked is.
 * `says` are the three sentences, with %(amount)s open.
 * @param {ParentNode} page @param {string} service @param {string} region
 * @param {number | null | undefined} asked @param {{more: string, less: string, equal: string}} says
 */
export function showPrices(page, service, region, asked, says) {
  for (const block of page.querySelectorAll("[data-harga]"))
    /** @type {HTMLElement} */ (block).hidden = block.getAttribute("data-harga") !== service;
  const rows = rowsIn(page, service);
  for (const { line } of rows) line.hidden = true;
  for (const { id, difference } of compare(rows, region, asked)) {
    const line = rows.find((row) => row.id === id)?.line;
    if (!line) continue;
    line.hidden = false;
    const told = line.querySelector("[data-selisih]");
    const sentence = difference === null ? "" : difference > 0 ? says.more : difference < 0 ? says.less : says.equal;
    if (told) told.textContent = sentence.replace("%(amount)s", money(Math.abs(difference ?? 0)));
  }
}
