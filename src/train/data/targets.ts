import { show } from "../../types/index.js";
import { invalidData, type Origin } from "./invalid-data.js";
import { type Fields, presentKey, readTarget } from "./read-field.js";

/**
 * What a line says of its documents: a `label` that somebody gave (a grade), a teacher's `score`, a
 * teacher's `probability` from 0 to 1, or a `rank`, of which 1 is best.
 */
export type TargetKind = "label" | "score" | "probability" | "rank";

const ONE: Readonly<Record<Exclude<TargetKind, "rank">, string>> = {
  label: "label",
  score: "score",
  probability: "probability",
};
const MANY: Readonly<Record<TargetKind, string>> = {
  label: "labels",
  score: "scores",
  probability: "probabilities",
  rank: "ranks",
};

export interface Targets {
  readonly kind: TargetKind;
  readonly values: readonly number[];
}

/** The number that stands beside a single document; undefined where there is none. @throws INVALID_TRAINING_DATA */
export function readTargetOf(
  record: Fields,
  wanted: TargetKind | undefined,
  origin: Origin,
): Targets | undefined {
  const kind = whichKind(record, ONE, wanted, origin);
  if (kind === undefined) return undefined;
  const field = kind === "rank" ? MANY.rank : ONE[kind];
  return { kind, values: [checked(kind, readTarget(record[field], field, origin), field, origin)] };
}

/**
 * The numbers of `count` documents; undefined where there are none. Ranks become targets by counting from
 * the last one, which gets 0, so that higher is better.
 *
 * @throws INVALID_TRAINING_DATA
 */
export function readTargetsOf(
  record: Fields,
  count: number,
  wanted: TargetKind | undefined,
  origin: Origin,
): Targets | undefined {
  const kind = whichKind(record, MANY, wanted, origin);
  if (kind === undefined) return undefined;
  const field = MANY[kind];
  const given = record[field];
  if (!Array.isArray(given) || given.length !== count) {
    const found = Array.isArray(given) ? `has ${given.length} entries` : `is ${show(given)}`;
    const problem = `${field} ${found} and there are ${count} documents; give an array of one number for each`;
    throw invalidData(origin, problem, { field, value: given });
  }
  const values = given.map((value, i) => {
    const name = `${field}[${i}]`;
    return checked(kind, readTarget(value, name, origin), name, origin);
  });
  if (kind !== "rank") return { kind, values };
  const last = values.reduce((most, value) => Math.max(most, value), 0);
  return { kind, values: values.map((rank) => last - rank) };
}

/** Which kind to learn from, where a line holds several. */
function whichKind(
  record: Fields,
  names: Partial<Record<TargetKind, string>>,
  wanted: TargetKind | undefined,
  origin: Origin,
): TargetKind | undefined {
  const there = (Object.keys(names) as TargetKind[]).filter((kind) =>
    presentKey(record, [names[kind] as string]),
  );
  if (wanted !== undefined && there.includes(wanted)) return wanted;
  if (there.length < 2) return there[0];
  const keys = there.map((kind) => names[kind]).join(" and ");
  const problem = `the line has ${keys}; keep one of them, or set \`targets\` to ${there.join(" or ")}`;
  throw invalidData(origin, problem, { field: "targets" });
}

function checked(kind: TargetKind, value: number, field: string, origin: Origin): number {
  if (kind === "probability" && !(value >= 0 && value <= 1)) {
    throw invalidData(origin, `${field} is ${show(value)}; give a number from 0 to 1`, { field, value });
  }
  if (kind === "rank" && !(Number.isSafeInteger(value) && value >= 1)) {
    throw invalidData(origin, `${field} is ${show(value)}; give whole numbers from 1, the best, on`, {
      field,
      value,
    });
  }
  return value;
}
