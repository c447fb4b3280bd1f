/** How the text of an option becomes its value. */
export interface OptionType<T> {
  /** Stands for the value in help; absent for a switch, which needs none. */
  readonly placeholder?: string;
  /** Completes "it must be …". */
  readonly wanted: string;
  /** Where only a few words will do. */
  readonly choices?: readonly string[];
  /** `undefined` for what is not wanted. */
  parse(text: string): T | undefined;
}

export interface OptionSpec<T> {
  readonly type: OptionType<T>;
  /** One line, without the default. */
  readonly help: string;
  /** What holds without the option, in words. */
  readonly fallback?: string;
  /** Where it may come from besides flag and variable. Default: any config file. */
  readonly config?: "never" | "named file only";
  /** May be given more than once: `--run a --run b`, a list with commas in a variable, an array in a config file. */
  readonly many?: true;
  /** Never shown, not even where it is wrong. */
  readonly secret?: true;
  /** Where the flag is not the name; variable and config-file key follow it. */
  readonly flag?: string;
}

export function words(placeholder: string): OptionType<string> {
  return { placeholder, wanted: "text that is not empty", parse: (text) => text || undefined };
}

/** For what has a message of its own when it is empty. */
export const anyText: OptionType<string> = { placeholder: "TEXT", wanted: "text", parse: (text) => text };

export function wholeNumber(placeholder: string, least: number): OptionType<number> {
  return {
    placeholder,
    wanted: `a whole number of at least ${least}`,
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least ? value : undefined;
    },
  };
}

export function evenNumber(placeholder: string, least: number): OptionType<number> {
  const { parse } = wholeNumber(placeholder, least);
  return {
    placeholder,
    wanted: `an even number of at least ${least}`,
    parse: (text) => {
      const value = parse(text);
      return value === undefined || value % 2 === 1 ? undefined : value;
    },
  };
}

export function decimal(placeholder: string, least: number, most: number): OptionType<number> {
  const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  return {
    placeholder,
    wanted: `a number ${range}`,
    parse: (text) => {
      const value = /^\d{0,9}(?:\.\d{1,9})?$/.test(text) && text !== "" ? Number(text) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** Rates are written as people think of them: 2e-5. */
export const rate: OptionType<number> = {
  placeholder: "RATE",
  wanted: "a number above 0 and at most 1, such as 2e-5",
  parse: (text) => {
    const value = /^(?:\d{1,3}|\d{0,3}\.\d{1,12})(?:e-?\d{1,2})?$/i.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= 1 ? value : undefined;
  },
};

export const port: OptionType<number> = {
  placeholder: "N",
  wanted: "a whole number from 0 to 65535",
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

export function oneOf<T extends string>(placeholder: string, ...choices: readonly T[]): OptionType<T> {
  return {
    placeholder,
    choices,
    wanted: choices.join(" or "),
    parse: (text) => choices.find((choice) => choice === text),
  };
}

export const yesNo: OptionType<boolean> = {
  wanted: "true or false",
  parse: (text) => {
    if (/^(1|true|yes|on)$/i.test(text)) return true;
    return /^(0|false|no|off)$/i.test(text) ? false : undefined;
  },
};

/** Windows over long documents, as `TOKENS` or `TOKENS:OVERLAP`. */
export interface WindowSizes {
  readonly tokens: number;
  readonly overlap?: number;
}

export const windowSizes: OptionType<WindowSizes> = {
  placeholder: "SIZES",
  wanted: "TOKENS or TOKENS:OVERLAP, such as 256:32, with the overlap below the tokens",
  parse: (text) => {
    const [, tokens = "", overlap] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
    if (Number(tokens) < 1 || Number(overlap ?? 0) >= Number(tokens)) return undefined;
    return { tokens: Number(tokens), ...(overlap !== undefined && { overlap: Number(overlap) }) };
  },
};

/** First and last rank, 1 being the best. */
export type RankRange = readonly [first: number, last: number];

export const rankRange: OptionType<RankRange> = {
  placeholder: "FROM:TO",
  wanted: "FROM:TO, such as 10:100, with FROM at least 1 and at most TO",
  parse: (text) => {
    const [, first, last] = /^(\d{1,9}):(\d{1,9})$/.exec(text)?.map(Number) ?? [];
    if (first === undefined || last === undefined || first < 1 || last < first) return undefined;
    return [first, last];
  },
};

/** How much a judge counts. */
export interface JudgeWeight {
  readonly judge: string;
  readonly weight: number;
}

export const judgeWeight: OptionType<JudgeWeight> = {
  placeholder: "JUDGE=X",
  wanted: "JUDGE=X, such as strict=2, with X above 0",
  parse: (text) => {
    const [, judge, amount] = /^(.+)=(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})$/.exec(text) ?? [];
    const weight = Number(amount);
    return judge === undefined || !(weight > 0) ? undefined : { judge, weight };
  },
};
