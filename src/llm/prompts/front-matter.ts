import { show } from "../../types/index.js";
import { KINDS } from "./kinds.js";
import { promptError } from "./prompt-error.js";
import type { Identifiers, PromptKind, PromptTemplate, RelevanceLabel } from "./template.js";

/** The settings of a template, and the line after them. */
export interface FrontMatter extends Omit<PromptTemplate, "text" | "nodes"> {
  /** Index of the first line of the prompt itself. */
  readonly end: number;
}

const KEYS = ["name", "kind", "about", "identifiers", "words", "answer-tokens", "labels"];
const WORDS = 300;

/** Reads `key: value` lines between two lines of `---`. @throws RankwrightError INVALID_PROMPT */
export function readFrontMatter(lines: readonly string[], source: string): FrontMatter {
  if (lines[0]?.trim() !== "---") {
    throw promptError(source, 1, "a template begins with a line of ---, its settings, and another ---");
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === "---");
  if (end < 0) throw promptError(source, 1, "the settings have no end; put a line of --- after them");
  const settings = new Map<string, { readonly value: string; readonly line: number }>();
  for (const [index, text] of lines.slice(1, end).entries()) {
    const line = index + 2;
    if (text.trim() === "") continue;
    const [, key = "", value = ""] = /^\s*([^:\s]+)\s*:\s*(.*?)\s*$/.exec(text) ?? [];
    if (!KEYS.includes(key)) {
      throw promptError(source, line, `there is no setting ${show(key || text)}; use ${KEYS.join(", ")}`);
    }
    if (settings.has(key)) throw promptError(source, line, `${key} is set twice; leave one out`);
    settings.set(key, { value, line });
  }
  const lineOf = (key: string) => settings.get(key)?.line ?? 1;
  const refuse = (key: string, mend: string) =>
    promptError(source, lineOf(key), `${key} is ${show(settings.get(key)?.value)}; ${mend}`, key);

  const name = settings.get("name")?.value ?? "";
  if (!/^[\w.-]+$/.test(name)) throw refuse("name", "give letters, digits, dots, dashes");
  const kind = settings.get("kind")?.value as PromptKind;
  if (!Object.hasOwn(KINDS, kind ?? "")) throw refuse("kind", `give one of ${Object.keys(KINDS).join(", ")}`);
  const identifiers = (settings.get("identifiers")?.value ?? KINDS[kind].identifiers) as Identifiers;
  if (identifiers !== "numbers" && identifiers !== "letters") {
    throw refuse("identifiers", "give numbers or letters");
  }
  const labels = readLabels(settings.get("labels")?.value, (mend) => refuse("labels", mend));
  if ((kind === "relevance") !== labels.length > 0) {
    throw refuse("labels", "relevance prompts, and no others, have some, as in yes=1, no=0");
  }
  const whole = (key: string) => {
    const text = settings.get(key)?.value;
    if (text !== undefined && !/^[1-9]\d{0,8}$/.test(text)) throw refuse(key, "give a positive whole number");
    return text === undefined ? undefined : Number(text);
  };
  return {
    name,
    kind,
    about: settings.get("about")?.value ?? "",
    identifiers,
    words: whole("words") ?? WORDS,
    answerTokens: whole("answer-tokens"),
    labels,
    end: end + 1,
  };
}

function readLabels(text: string | undefined, refuse: (mend: string) => Error): RelevanceLabel[] {
  if (text === undefined) return [];
  const labels = text.split(",").map((each) => {
    const [, label = "", value = ""] = /^\s*(.*?\S)\s*=\s*(-?\d+(?:\.\d+)?)\s*$/.exec(each) ?? [];
    if (label === "") throw refuse("give what may be answered and what it is worth, as in yes=1, no=0");
    return { text: label, value: Number(value) };
  });
  const texts = new Set(labels.map((label) => label.text.toLowerCase()));
  const values = new Set(labels.map((label) => label.value));
  if (texts.size < labels.length || values.size < 2) {
    throw refuse("give at least two different answers that are worth different numbers");
  }
  return labels;
}
