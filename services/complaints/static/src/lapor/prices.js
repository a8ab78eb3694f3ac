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
