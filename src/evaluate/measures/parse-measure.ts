import { RankwrightError, show } from "../../types/index.js";
import { closestName } from "./closest-name.js";
import { FAMILIES } from "./families.js";
import type { Measure } from "./measure.js";
import type { MeasureFamily, ParameterValues } from "./measure-family.js";
import { NICKNAMES } from "./nicknames.js";
import { parameterValue } from "./parameter-value.js";

export interface ParseMeasuresOptions {
  /** `rel` of the measures that have it and do not say it themselves; trec_eval's `-l`. Default: 1. */
  readonly rel?: number | undefined;
}

/**
 * Measures from a list such as `nDCG@10,AP(rel=2),RR@10`. Also takes trec_eval's names (`ndcg_cut_10`,
 * `map`) and its nicknames `official` and `all_trec`. A measure that is named twice is taken once.
 *
 * @throws RankwrightError INVALID_MEASURE
 */
export function parseMeasures(text: string, options: ParseMeasuresOptions = {}): readonly Measure[] {
  const measures = new Map<string, Measure>();
  for (const item of text.split(/,(?![^(]*\))/)) {
    for (const one of NICKNAMES[item.trim().toLowerCase()] ?? [item]) {
      const measure = parseMeasure(one, options);
      if (!measures.has(measure.name)) measures.set(measure.name, measure);
    }
  }
  return [...measures.values()];
}

/**
 * One measure from its name, such as `nDCG@10` or `RBP(p=0.8,rel=2)`. Upper and lower case never matter.
 *
 * @throws RankwrightError INVALID_MEASURE for an unknown measure or parameter, or a value outside its range
 */
export function parseMeasure(text: string, options: ParseMeasuresOptions = {}): Measure {
  const trimmed = text.trim();
  const spelling = /^([^()@]*)(?:\(([^()]*)\))?(?:@([^()@]*))?$/.exec(trimmed);
  if (spelling?.[1] === undefined || trimmed === "") {
    throw invalid(trimmed, `the measure ${show(trimmed)} is not of the form Name(parameter=value)@number`);
  }
  const [, name, inside, after] = spelling;
  const found = findFamily(name.trim());
  if (found === undefined) throw unknownMeasure(trimmed, name.trim());
  const { family } = found;
  if (found.number !== undefined && after !== undefined) {
    throw invalid(trimmed, `the measure ${show(trimmed)} has two numbers; write ${family.name}@${after}`);
  }
  const given = insideParameters(trimmed, family, inside);
  const number = after?.trim() ?? found.number;
  if (number !== undefined) given.set(atParameter(trimmed, family), number);
  if (options.rel !== undefined && "rel" in family.parameters && !given.has("rel")) {
    given.set("rel", String(options.rel));
  }
  return createMeasure(family, completed(trimmed, family, given));
}

function findFamily(name: string): { family: MeasureFamily; number?: string } | undefined {
  const lower = name.toLowerCase();
  const same = (other: string) => other.toLowerCase() === lower;
  const family = FAMILIES.find((family) => same(family.name) || family.aliases?.some(same));
  if (family) return { family };
  // trec_eval's ndcg_cut_10 or, as on its command line, ndcg_cut.10
  const [, stem, number] = /^(.+?)[_.](\d+\.?\d*|\.\d+)$/.exec(lower) ?? [];
  const numbered = FAMILIES.find((family) => family.numbered?.toLowerCase() === (stem ?? lower));
  return numbered && { family: numbered, ...(number !== undefined && { number }) };
}

function insideParameters(text: string, family: MeasureFamily, inside: string | undefined) {
  const given = new Map<string, string>();
  if (inside === undefined || inside.trim() === "") return given;
  const known = Object.keys(family.parameters).filter((name) => !isAt(family, name));
  for (const item of inside.split(",")) {
    const [written = "", value, ...more] = item.split("=").map((part) => part.trim());
    const name = known.find((name) => name.toLowerCase() === written.toLowerCase());
    const list = known.length === 0 ? "it takes none in parentheses" : `it takes ${known.join(", ")}`;
    if (name === undefined) {
      throw invalid(text, `the measure ${show(text)} has no parameter ${show(written)}; ${list}`);
    }
    if (value === undefined || more.length > 0) {
      throw invalid(text, `the measure ${show(text)} gives ${name} no value; write ${name}=value`);
    }
    if (given.has(name)) {
      throw invalid(text, `the measure ${show(text)} gives ${name} twice; give it once`);
    }
    given.set(name, value);
  }
  return given;
}

function isAt(family: MeasureFamily, name: string): boolean {
  const parameter = family.parameters[name];
  return parameter !== undefined && parameter.kind !== "word" && parameter.at === true;
}

function atParameter(text: string, family: MeasureFamily): string {
  const name = Object.keys(family.parameters).find((name) => isAt(family, name));
  if (name !== undefined) return name;
  throw invalid(text, `the measure ${show(text)} takes nothing after @; write ${family.name}`);
}

function completed(text: string, family: MeasureFamily, given: Map<string, string>) {
  const values: Record<string, number | string> = {};
  for (const [name, parameter] of Object.entries(family.parameters)) {
    const value = given.get(name);
    if (value !== undefined) values[name] = parameterValue(text, name, value, parameter);
    else if (parameter.default !== undefined) values[name] = parameter.default;
    else {
      const example = name === "cutoff" ? "10" : "0.5";
      const message = `the measure ${show(text)} needs a ${name}; write it after @, as in ${family.name}@${example}`;
      throw invalid(text, message);
    }
  }
  return values;
}

function createMeasure(family: MeasureFamily, given: Record<string, number | string>): Measure {
  const values = given as ParameterValues;
  const expected = family.orderless ? family.compute : family.expected;
  return {
    name: canonicalName(family, given),
    aggregate: family.aggregate,
    compute: (ranking) => family.compute(ranking, values),
    ...(expected && { expected: (ranking) => expected(ranking, values) }),
    missing: (judged) => family.missing?.(judged, values) ?? 0,
  };
}

function canonicalName(family: MeasureFamily, values: Record<string, number | string>): string {
  const differing = Object.entries(family.parameters).filter(
    ([name, { default: usual }]) => values[name] !== usual,
  );
  const inside = differing.filter(([name]) => !isAt(family, name)).map(([name]) => `${name}=${values[name]}`);
  const after = differing.filter(([name]) => isAt(family, name)).map(([name]) => `@${values[name]}`);
  return family.name + (inside.length > 0 ? `(${inside.join(",")})` : "") + after.join("");
}

function unknownMeasure(text: string, name: string): RankwrightError {
  const names = FAMILIES.flatMap(({ name, aliases = [], numbered = [] }) =>
    [name, ...aliases].concat(numbered),
  );
  const stem = name.replace(/[_.]?\d[\d.]*$/, "");
  const closest = closestName(stem, names.concat(Object.keys(NICKNAMES)));
  const mend = closest === undefined ? `known are ${FAMILIES.map(({ name }) => name).join(", ")}` : "";
  const suggestion = closest === undefined ? mend : `did you mean ${closest}?`;
  return invalid(text, `there is no measure ${show(text)}; ${suggestion}`);
}

function invalid(text: string, message: string): RankwrightError {
  return new RankwrightError("INVALID_MEASURE", message, { field: "measure", value: text });
}
