import { asArray, asFlag, asObject, asString, invalidTokenizer } from "../json.js";

/** How Unigram tokenizers find words. */
export interface MetaspaceOptions {
  /** Words end at any whitespace, which belongs to no token. */
  readonly whitespaceSplit: boolean;
  /** Spaces count as `▁`; false where there is no Metaspace step at all. */
  readonly metaspace: boolean;
  /** When a piece that does not begin with `▁` gets one: always, only at the start of the text, never. */
  readonly prepend: "always" | "first" | "never";
  /** Each `▁` begins a word; otherwise the piece is one word. */
  readonly split: boolean;
}

const NOTHING: MetaspaceOptions = {
  whitespaceSplit: false,
  metaspace: false,
  prepend: "never",
  split: false,
};

/** Reads `pre_tokenizer`: nothing, Metaspace (either spelling), WhitespaceSplit, or a Sequence of these. */
export function parseMetaspace(part: unknown, field: string): MetaspaceOptions {
  if (part === null || part === undefined) return NOTHING;
  const json = asObject(part, field);
  const steps =
    json.type === "Sequence" ? asArray(json.pretokenizers, `${field}.pretokenizers`) : [json as unknown];
  let options = NOTHING;
  steps.forEach((entry, i) => {
    const at = json.type === "Sequence" ? `${field}.pretokenizers[${i}]` : field;
    const step = asObject(entry, at);
    if (step.type === "WhitespaceSplit" && !options.metaspace) {
      options = { ...options, whitespaceSplit: true };
    } else if (step.type === "Metaspace" && !options.metaspace) {
      options = { ...options, metaspace: true, ...parseStep(step, at) };
    } else {
      throw invalidTokenizer(
        `${at}.type`,
        step.type,
        "for Unigram models WhitespaceSplit and then Metaspace are supported, each once.",
      );
    }
  });
  return options;
}

function parseStep(
  step: { readonly [key: string]: unknown },
  field: string,
): Pick<MetaspaceOptions, "prepend" | "split"> {
  const replacement = asString(step.replacement, `${field}.replacement`);
  if (replacement !== "▁") {
    throw invalidTokenizer(`${field}.replacement`, replacement, 'only "▁" is supported.');
  }
  const prefix = asFlag(step.add_prefix_space, `${field}.add_prefix_space`, true);
  const scheme = step.prepend_scheme ?? (prefix ? "always" : "never");
  if (scheme !== "always" && scheme !== "first" && scheme !== "never") {
    throw invalidTokenizer(`${field}.prepend_scheme`, scheme, "always, first or never is needed.");
  }
  if (!prefix && scheme !== "never") {
    throw invalidTokenizer(`${field}.prepend_scheme`, scheme, "it contradicts add_prefix_space = false.");
  }
  return { prepend: scheme, split: asFlag(step.split, `${field}.split`, true) };
}
