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
}

function words(placeholder: string): OptionType<string> {
  return { placeholder, wanted: "text that is not empty", parse: (text) => text || undefined };
}

/** For what has a message of its own when it is empty. */
const anyText: OptionType<string> = { placeholder: "TEXT", wanted: "text", parse: (text) => text };

function wholeNumber(placeholder: string, least: number): OptionType<number> {
  return {
    placeholder,
    wanted: `a whole number of at least ${least}`,
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least ? value : undefined;
    },
  };
}

function oneOf<T extends string>(placeholder: string, ...choices: readonly T[]): OptionType<T> {
  return {
    placeholder,
    choices,
    wanted: choices.join(" or "),
    parse: (text) => choices.find((choice) => choice === text),
  };
}

const yesNo: OptionType<boolean> = {
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

const windowSizes: OptionType<WindowSizes> = {
  placeholder: "SIZES",
  wanted: "TOKENS or TOKENS:OVERLAP, such as 256:32, with the overlap below the tokens",
  parse: (text) => {
    const [, tokens = "", overlap] = /^(\d{1,9})(?::(\d{1,9}))?$/.exec(text) ?? [];
    if (Number(tokens) < 1 || Number(overlap ?? 0) >= Number(tokens)) return undefined;
    return { tokens: Number(tokens), ...(overlap !== undefined && { overlap: Number(overlap) }) };
  },
};

/**
 * Every option of every command, once. The name is the config-file key; the flag and the environment
 * variable follow from it (`topN`: `--top-n`, `RANKWRIGHT_TOP_N`).
 */
export const OPTIONS = {
  query: { type: anyText, help: "what to rank the documents by" },
  model: {
    type: words("DIR_OR_ID"),
    help: "model folder, or hub repository as org/name[@revision]",
    fallback: "the built-in model",
  },
  topN: { type: wholeNumber("N", 1), help: "print only the N best documents", fallback: "all" },
  json: { type: yesNo, help: "JSON on standard output, one object a line, and nothing else there" },
  precision: {
    type: oneOf("TYPE", "float32", "int8"),
    help: "numbers to compute with",
    fallback: "float32",
  },
  threads: { type: wholeNumber("N", 1), help: "processor cores to use", fallback: "all" },
  maxTokens: {
    type: wholeNumber("N", 1),
    help: "longest input in tokens, query and document together",
    fallback: "the model's own limit",
  },
  truncation: {
    type: oneOf("RULE", "only_second", "longest_first", "head_tail", "error"),
    help: "what to do with a document that does not fit",
    fallback: "only_second",
  },
  windows: {
    type: windowSizes,
    help: "read long documents in windows: TOKENS or TOKENS:OVERLAP",
    fallback: "off",
  },
  maxWindows: {
    type: wholeNumber("N", 1),
    help: "read at most N windows of a document, from its start",
    fallback: "8",
  },
  aggregate: {
    type: oneOf("HOW", "max", "mean", "top_k", "first"),
    help: "how the scores of a document's windows become one",
    fallback: "max",
  },
  batchTokens: { type: wholeNumber("N", 1), help: "padded tokens to compute at once", fallback: "512" },
  scores: {
    type: oneOf("SCALE", "logit", "probability"),
    help: "what scores to print",
    fallback: "logit",
  },
  deadlineMs: {
    type: wholeNumber("N", 0),
    help: "print the best ranking known after N milliseconds of scoring",
    fallback: "none",
  },
  revision: { type: words("NAME"), help: "branch, tag or commit of a hub model", fallback: "main" },
  offline: { type: yesNo, help: "never ask the hub, use what is in the cache" },
  endpoint: {
    type: words("URL"),
    help: "address of the hub",
    fallback: "HF_ENDPOINT, then the public hub",
    config: "named file only",
  },
  cacheDir: {
    type: words("DIR"),
    help: "folder of downloaded models",
    fallback: "the cache that Python's huggingface_hub uses",
  },
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
  readonly [Name in OptionName]?: (typeof OPTIONS)[Name]["type"] extends OptionType<infer T> ? T : never;
};

/** `topN` to `--top-n`. */
export function flagName(name: OptionName): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** `topN` to `RANKWRIGHT_TOP_N`. */
export function variableName(name: OptionName): string {
  return `RANKWRIGHT_${name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
