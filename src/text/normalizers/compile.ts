import { asArray, asFlag, asObject, asString, invalidTokenizer, isObject, type JsonObject } from "../json.js";
import { Normalized, Rewriter } from "../normalized.js";
import { codePointFlags, paint } from "../unicode/code-points.js";
import { MARKS } from "../unicode/tables.js";
import { type BertOptions, bert } from "./bert.js";
import { Charsmap } from "./charsmap.js";
import { lowercase } from "./lowercase.js";
import { mapCharacters } from "./map-characters.js";
import { nmt } from "./nmt.js";
import { type Normalizer, sequence, WHOLE } from "./normalizer.js";
import { precompiled } from "./precompiled.js";
import { parseRunPattern, replaceRuns, replaceString } from "./replace.js";
import { strip } from "./strip.js";
import { unicodeForm } from "./unicode-form.js";

export interface CompiledNormalizer {
  readonly normalize: Normalizer;
  /** Whether a text may be cut between an ASCII letter or digit and a space, and done in blocks. */
  readonly cuttable: boolean;
}

/** Builds the `normalizer` part of a tokenizer.json; undefined where there is none. */
export function compileNormalizer(part: unknown, field: string): CompiledNormalizer | undefined {
  if (part === null || part === undefined) return undefined;
  const json = asObject(part, field);
  if (json.type === "Sequence") {
    const steps = asArray(json.normalizers, `${field}.normalizers`)
      .map((step, i) => compileNormalizer(step, `${field}.normalizers[${i}]`))
      .filter((step) => step !== undefined);
    if (steps.length === 0) return undefined;
    return {
      normalize: sequence(steps.map((step) => step.normalize)),
      cuttable: steps.every((step) => step.cuttable),
    };
  }
  return compileStep(json, field);
}

function compileStep(json: JsonObject, field: string): CompiledNormalizer {
  const local = (normalize: Normalizer): CompiledNormalizer => ({ normalize, cuttable: true });
  switch (json.type) {
    case "BertNormalizer":
      return local(bert(bertOptions(json, field)));
    case "NFC":
    case "NFD":
    case "NFKC":
    case "NFKD":
      return local(unicodeForm(json.type));
    case "Lowercase":
      return local(lowercase);
    case "Nmt":
      return local(nmt);
    case "StripAccents":
      return local(stripMarks());
    case "Strip":
      return local(
        strip(
          asFlag(json.strip_left, `${field}.strip_left`, false),
          asFlag(json.strip_right, `${field}.strip_right`, false),
        ),
      );
    case "Prepend":
      return local(prepend(asString(json.prepend, `${field}.prepend`)));
    case "Precompiled":
      return compilePrecompiled(json, field);
    case "Replace":
      return compileReplace(json, field);
    default:
      throw invalidTokenizer(
        `${field}.type`,
        json.type,
        "supported are BertNormalizer, Lowercase, NFC, NFD, NFKC, NFKD, Nmt, Precompiled, Prepend, Replace, Sequence, Strip and StripAccents.",
      );
  }
}

/** Options of a BertNormalizer; `strip_accents` follows `lowercase` where it is not set. */
export function bertOptions(json: JsonObject, field: string): BertOptions {
  const lower = asFlag(json.lowercase, `${field}.lowercase`, true);
  return {
    cleanText: asFlag(json.clean_text, `${field}.clean_text`, true),
    handleChineseChars: asFlag(json.handle_chinese_chars, `${field}.handle_chinese_chars`, true),
    stripAccents: asFlag(json.strip_accents, `${field}.strip_accents`, lower),
    lowercase: lower,
  };
}

function stripMarks(): Normalizer {
  const flags = codePointFlags();
  paint(flags, MARKS, 1);
  return mapCharacters((c) => (flags[c] === 1 ? "" : undefined));
}

function prepend(prefix: string): Normalizer {
  return (source, edges) => {
    if (!edges.first || source.text === "") return source;
    const rewriter = new Rewriter(source);
    rewriter.replace(0, 0, prefix);
    return rewriter.finish();
  };
}

function compilePrecompiled(json: JsonObject, field: string): CompiledNormalizer {
  const name = `${field}.precompiled_charsmap`;
  const normalize = precompiled(new Charsmap(asString(json.precompiled_charsmap, name), name));
  const alphanumerics = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const untouched = [...alphanumerics].every((c) => {
    const result = normalize(new Normalized(`${c} ${c}`, 0), WHOLE).text;
    return result.split(" ").length === 2 && !/^ | $/.test(result);
  });
  return { normalize, cuttable: untouched };
}

function compileReplace(json: JsonObject, field: string): CompiledNormalizer {
  const content = asString(json.content, `${field}.content`);
  const pattern = asObject(json.pattern, `${field}.pattern`);
  if (typeof pattern.String === "string" && pattern.String !== "") {
    return {
      normalize: replaceString(pattern.String, content),
      cuttable: !/[A-Za-z0-9]/.test(pattern.String),
    };
  }
  const run = typeof pattern.Regex === "string" ? parseRunPattern(pattern.Regex) : undefined;
  if (run === undefined) {
    throw invalidTokenizer(
      `${field}.pattern`,
      isObject(json.pattern) ? (pattern.Regex ?? pattern) : json.pattern,
      "only literal strings and runs such as ` {2,}` or `\\s+` are supported.",
    );
  }
  return { normalize: replaceRuns(run, content), cuttable: true };
}
