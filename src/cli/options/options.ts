import { type OptionSpec, type OptionType, words, yesNo } from "./option-types.js";
import { EVALUATION_OPTIONS } from "./specs/evaluation.js";
import { JUDGING_OPTIONS } from "./specs/judging.js";
import { MINING_OPTIONS } from "./specs/mining.js";
import { RANKING_OPTIONS } from "./specs/ranking.js";
import { SERVING_OPTIONS } from "./specs/serving.js";
import { TRAINING_OPTIONS } from "./specs/training.js";

/**
 * Every option of every command, once. The name is the config-file key; the flag and the environment
 * variable follow from it (`topN`: `--top-n`, `RANKWRIGHT_TOP_N`).
 */
export const OPTIONS = {
  ...RANKING_OPTIONS,
  ...EVALUATION_OPTIONS,
  ...TRAINING_OPTIONS,
  ...MINING_OPTIONS,
  ...SERVING_OPTIONS,
  ...JUDGING_OPTIONS,
  config: {
    type: words("FILE"),
    help: "JSON file with options",
    fallback: "rankwright.config.json in the working directory, where there is one",
    config: "never",
  },
  debug: { type: yesNo, help: "show where an error came from", config: "never" },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;

export type OptionName = keyof typeof OPTIONS;

/** The values of options that were given somewhere. */
export type OptionValues = {
  readonly [Name in OptionName]?: (typeof OPTIONS)[Name]["type"] extends OptionType<infer T>
    ? (typeof OPTIONS)[Name] extends { readonly many: true }
      ? readonly T[]
      : T
    : never;
};

/** `topN` to `--top-n`. */
export function flagName(name: OptionName): string {
  const { flag }: OptionSpec<unknown> = OPTIONS[name];
  return flag ?? `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The config-file key, and the flag in camel case: `topN`. */
export function keyName(name: OptionName): string {
  return flagName(name)
    .slice(2)
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** `topN` to `RANKWRIGHT_TOP_N`. */
export function variableName(name: OptionName): string {
  return `RANKWRIGHT_${flagName(name).slice(2).replaceAll("-", "_").toUpperCase()}`;
}
