// @ts-check
// The one question asked before sending: who would handle it, with the disclosed facts alone.

import { Refusal } from "../../../../../shared/web/js/errors.js";
import { post } from "./told.js";

/** @typedef {{unit: string, name: string, kind: string}} Named */
/** @typedef {Named & {verdict: "excluded" | "passed_over", reason: string}} Considered */
/**
 * @typedef {Named & {epoch: number, recipient: string, oversight: string, notify: string,
 *   keeper: (Named & import("../../../../../shared/web/js/keeping.js").Keeper) | null,
 *   considered: Considered[], promised: {step: string, by: string}[]}} Route
 */

/** @param {Record<string, unknown>} disclosed @returns {Promise<Route>} raises Told, Unreachable */
export const askRoute = async (disclosed) =>
  checkedRoute(await post("/api/v1/route", JSON.stringify(disclosed)), disclosed);

/**
 * The answer itself; refuses with `route_excluded` one that names a unit the reporter has shut out,
 * whatever the server says of it, and with `route_malformed` what is no answer.
 * @param {any} route @param {Record<string, unknown>} disclosed @returns {Route}
 */
export function checkedRoute(route, disclosed) {
  const isGood =
    typeof route?.unit === "string" &&
    Number.isInteger(route.epoch) &&
    [route.recipient, route.oversight, route.notify].every((one) => `${one}`.startsWith("age1pq1")) &&
    isKeeper(route.keeper) &&
    Array.isArray(route.considered) &&
    Array.isArray(route.promised);
  if (!isGood) throw new Refusal("route_malformed");
  const shut = /** @type {string[]} */ (disclosed.exclude ?? []);
  const out = neverSees(route).map(({ unit }) => unit);
  const asked = [route.unit, ...(route.keeper ? [route.keeper.unit] : [])];
  if ([...shut, ...out].some((one) => asked.includes(one))) throw new Refusal("route_excluded");
  if (route.keeper?.unit === route.unit) throw new Refusal("route_malformed");
  return route;
}

/** @param {any} keeper whom a name is sealed to; null while there is nobody */
const isKeeper = (keeper) =>
  keeper === null ||
  (typeof keeper?.unit === "string" &&
    Number.isInteger(keeper.epoch) &&
    `${keeper.recipient}`.startsWith("age1pq1"));

/** @param {Route} route @returns {Considered[]} */
export const neverSees = (route) =>
  route.considered.filter(({ verdict }) => verdict === "excluded");
