import { FAMILIES } from "./families.js";
import type { Parameter } from "./measure-family.js";
import { describeRange } from "./parameter-value.js";

export interface ParameterDescription {
  /** As written: `rel`, or `@cutoff` for what stands after `@`. */
  readonly name: string;
  readonly help: string;
  /** What it takes: `a whole number of 1 or more`. */
  readonly range: string;
  /** Absent where the measure needs it or where absence means no limit. */
  readonly default?: number | string;
  readonly required: boolean;
}

export interface MeasureDescription {
  readonly name: string;
  /** How it is written: `AP(rel)@cutoff`; `[…]` encloses what may be left out. */
  readonly usage: string;
  /** Other names, trec_eval's with a number among them: `ndcg_cut_<cutoff>`. */
  readonly aliases: readonly string[];
  readonly help: string;
  readonly reference: string;
  readonly parameters: readonly ParameterDescription[];
  /** `measureRun` takes it with `ties: "expected"`. */
  readonly tieAware: boolean;
}

/** Every measure as help shows it, the common ones first. */
export function describeMeasures(): readonly MeasureDescription[] {
  return FAMILIES.map((family) => {
    const entries = Object.entries(family.parameters);
    const after = entries.find(([, parameter]) => isAt(parameter));
    const inside = entries.filter(([, parameter]) => !isAt(parameter)).map(([name]) => name);
    const at = after && (after[1].default === undefined ? `@${after[0]}` : `[@${after[0]}]`);
    return {
      name: family.name,
      usage: `${family.name}${inside.length > 0 ? `[(${inside.join(", ")})]` : ""}${at ?? ""}`,
      aliases: [
        ...(family.aliases ?? []),
        ...(family.numbered && after ? [`${family.numbered}_<${after[0]}>`] : []),
      ],
      help: family.help,
      reference: family.reference,
      parameters: entries.map(([name, parameter]) => describeParameter(name, parameter)),
      tieAware: family.orderless === true || family.expected !== undefined,
    };
  });
}

function describeParameter(name: string, parameter: Parameter): ParameterDescription {
  const usual = parameter.default;
  return {
    name: isAt(parameter) ? `@${name}` : name,
    help: parameter.help,
    range: describeRange(parameter),
    ...(usual !== undefined && usual !== Number.POSITIVE_INFINITY && { default: usual }),
    required: usual === undefined,
  };
}

function isAt(parameter: Parameter): boolean {
  return parameter.kind !== "word" && parameter.at === true;
}
