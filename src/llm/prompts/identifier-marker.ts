import { CLOSING, GAP, inClass, OPENING } from "./character-classes.js";
import { type Identifiers, type PromptNode, type PromptPart, type PromptTemplate, walk } from "./template.js";

type Line = Extract<PromptNode, { type: "line" }>;

/** What stands beside an identifier: `Passage A:` or `[3]`. */
interface Surroundings {
  /** The word before it, where no mark separates them. */
  readonly word: string;
  readonly before: string;
  readonly after: string;
  readonly startsLine: boolean;
}

/** Whether marks set apart every `{{id}}` of the line, so that text of a document can be kept from looking like it. */
export function hasMarker(line: Line): boolean {
  return surroundings(line.parts).every(
    ({ before, after, word, startsLine }) => before !== "" || (after !== "" && (word !== "" || startsLine)),
  );
}

/**
 * What text must not hold, lest it looks like one of the template's identifiers; the last group of each match is the
 * identifier, the first one, if there are two, a word that stays. An identifier that only begins a line needs no pattern:
 * text of a document never begins one.
 */
export function identifierMarkers({ nodes, identifiers }: PromptTemplate): RegExp[] {
  const sources = new Set<string>();
  for (const node of walk(nodes)) {
    if (node.type !== "line") continue;
    for (const { word, before, after } of surroundings(node.parts)) {
      if (before === "" && word === "") continue;
      const start = before === "" ? `\\b(${word})` : [...before].map(lookAlikes).join(GAP);
      const end = after === "" ? "" : GAP + lookAlikes([...after][0]!);
      sources.add(`${start}${GAP}(${LOOKS[identifiers]})${end}`);
    }
  }
  return [...sources].map((source) => new RegExp(source, "giu"));
}

const LOOKS: Readonly<Record<Identifiers, string>> = {
  numbers: "\\p{N}[\\p{N}\\p{M}]{0,8}",
  letters: "[A-ZＡ-ＺⒶ-Ⓩ]\\p{M}{0,4}",
};

function surroundings(parts: readonly PromptPart[]): Surroundings[] {
  const textAt = (index: number) => {
    const part = parts[index];
    return part && "text" in part ? part.text : "";
  };
  return parts.flatMap((part, index) => {
    if (!("variable" in part) || part.variable !== "id") return [];
    const [, word = "", , before = ""] =
      /([\p{L}\p{N}]*)(\s*)([^\p{L}\p{N}\s]*)$/u.exec(textAt(index - 1)) ?? [];
    const [after = ""] = /^[^\p{L}\p{N}\s]*/u.exec(textAt(index + 1)) ?? [];
    return [{ word, before, after, startsLine: index === 0 }];
  });
}

function lookAlikes(mark: string): string {
  for (const family of [
    OPENING,
    CLOSING,
    ":：﹕︓",
    "<＜﹤‹⟨",
    ">＞﹥›⟩",
    "#＃﹟",
    '"＂“”„',
    "(（﹙",
    ")）﹚",
  ]) {
    if (family.includes(mark)) return `[${inClass(family)}]`;
  }
  return mark.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
