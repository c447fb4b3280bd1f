import type { JudgedQuery, JudgedRanking, Measure, TiedRanking } from "./measure.js";

export interface NumberParameter {
  readonly kind: "whole" | "number";
  /** Absent where the measure means nothing without it; infinite where absence means no limit. */
  readonly default?: number;
  readonly min: number;
  readonly max: number;
  /** The bounds themselves are excluded. */
  readonly open?: boolean;
  /** Written after `@` rather than in parentheses. */
  readonly at?: boolean;
  readonly help: string;
}

export interface WordParameter<W extends string = string> {
  readonly kind: "word";
  readonly default: W;
  readonly words: readonly W[];
  readonly help: string;
}

export type Parameter = NumberParameter | WordParameter;
export type Parameters = Readonly<Record<string, Parameter>>;

/** A value for every parameter of a declaration. */
export type ParameterValues<P extends Parameters = Parameters> = {
  readonly [Name in keyof P]: P[Name] extends WordParameter<infer W> ? W : number;
};

/**
 * One kind of measure: the declaration behind parsing, validation, help and docs/measures.md, and the
 * formula.
 */
export interface MeasureFamily<P extends Parameters = Parameters> {
  /** Canonical name. */
  readonly name: string;
  /** Other names that mean the same without parameters; upper and lower case never matter. */
  readonly aliases?: readonly string[];
  /** trec_eval's name where a number follows it, as in `ndcg_cut_10`. */
  readonly numbered?: string;
  /** One line. */
  readonly help: string;
  readonly reference: string;
  readonly parameters: P;
  readonly aggregate: Measure["aggregate"];
  /** Value for one query; finite, 0 where nothing is relevant or nothing is retrieved. */
  compute(ranking: JudgedRanking, values: ParameterValues<P>): number;
  /** The order of the documents plays no part, so that ties cannot either. */
  readonly orderless?: boolean;
  /** Mean over all orders of tied documents, in closed form. */
  expected?(ranking: TiedRanking, values: ParameterValues<P>): number;
  /** Value for a judged query that the run does not answer; 0 unless given. */
  missing?(judged: JudgedQuery, values: ParameterValues<P>): number;
}

/** Checks a declaration and forgets which parameters it has, so that families fit into one table. */
export function defineFamily<const P extends Parameters>(family: MeasureFamily<P>): MeasureFamily {
  return family as unknown as MeasureFamily;
}

/** `rel=2`: the least grade that counts as relevant; trec_eval's `-l`. */
export const REL = {
  kind: "whole",
  default: 1,
  min: 1,
  max: Number.MAX_SAFE_INTEGER,
  help: "least grade that counts as relevant",
} as const satisfies Parameter;

const RANK = { kind: "whole", min: 1, max: Number.MAX_SAFE_INTEGER, at: true } as const;

/** `@10` where the whole ranking counts without it. */
export const CUTOFF = {
  ...RANK,
  default: Number.POSITIVE_INFINITY,
  help: "last rank that counts (all ranks without it)",
} as const satisfies Parameter;

/** `@10` that has to be given. */
export const REQUIRED_CUTOFF = { ...RANK, help: "last rank that counts" } as const satisfies Parameter;
