import { resolve } from "node:path";

/** Judged collections and training pairs. */
export const DATA = resolve(process.env.RANKWRIGHT_DATASETS ?? "../shared/data");
/** Everything that the recipe makes. */
export const WORK = resolve(process.env.RANKWRIGHT_RECIPE ?? "recipe-work");

const begin = performance.now();

/** A line with the seconds since the start. */
export function say(/** @type {string} */ text) {
  console.log(`${((performance.now() - begin) / 1000).toFixed(0).padStart(6)} s  ${text}`);
}
