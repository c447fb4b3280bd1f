import { type Identifiers, LETTERS } from "../prompts/template.js";

/** Identifiers in the order in which an answer names them, from 0; what is out of range is among them. */
export interface FoundIdentifiers {
  readonly positions: readonly number[];
  /** How they stood: as a chain and nothing else, as a list of some form, or in prose. */
  readonly form: "exact" | "list" | "prose" | "none";
}

interface Patterns {
  readonly exact: RegExp;
  readonly chain: RegExp;
  readonly bracketed: RegExp;
  readonly named: RegExp;
  readonly array: RegExp;
  readonly numbered: RegExp;
  readonly list: RegExp;
  /** Of what one of the patterns for several has found. */
  readonly each: RegExp;
}

/** @param id in brackets or a chain; @param bare where nothing but its look tells it from a word */
function patterns(id: string, bare: string, each: RegExp): Patterns {
  const noun =
    "(?:[Pp]assage|PASSAGE|[Dd]ocument|DOCUMENT|[Dd]oc|DOC|[Tt]ext|TEXT|[Cc]andidate|[Ii]tem|[Rr]esult|id)";
  const open = `[[("'*]{0,4} ?`;
  const close = ` ?[\\])"'*]{0,4}`;
  const element = `(?:${noun} ?)?${open}${id}${close}`;
  return {
    exact: new RegExp(`^\\[${id}\\](?:\\s*>\\s*\\[${id}\\])*\\.?$`),
    chain: new RegExp(`(?<!\\w)${element}(?:\\s?[>=]{1,2}\\s?${element})+(?!\\w)`, "g"),
    bracketed: new RegExp(`\\[ ?(${id}) ?\\]`, "g"),
    named: new RegExp(`\\b${noun}["']? ?[#№:]? ?[("'*]{0,4}(${bare})(?!\\w)`, "g"),
    array: new RegExp(`\\[\\s?"?${id}"?(?:\\s?,\\s?"?${id}"?)*\\s?,?\\s?\\]`, "g"),
    numbered: new RegExp(`^ ?(\\d{1,4}) ?[.):] ?[("'*#]{0,4}(${bare})[)"'*.,]{0,4} ?$`, "gm"),
    list: new RegExp(`(?<![\\w.])${bare}(?:[\\s,;|/>=-]{1,8}(?:and )?${bare})*(?![\\w%]|\\.\\d)`, "g"),
    each,
  };
}

const PATTERNS: Readonly<Record<Identifiers, Patterns>> = {
  numbers: patterns("\\d{1,9}", "\\d{1,9}", /\d{1,9}/g),
  letters: patterns("[A-Za-z]", "[A-Z]", /(?<![A-Za-z])[A-Za-z](?![A-Za-z])/g),
};

/**
 * Finds the identifiers of `count` documents in an answer. In this order, the first that finds any: brackets with
 * marks between and no words; the longest chain `[2] > [1]`, of equally long ones the last; identifiers in brackets; those after a noun (`Passage 2`); an
 * array; lines `1. 2`; a list without words between, which must name half of the documents, so that numbers in prose do
 * not count.
 *
 * @param answer after `finalText` and `plainDigits`
 */
export function findIdentifiers(answer: string, count: number, identifiers: Identifiers): FoundIdentifiers {
  const use = PATTERNS[identifiers];
  // One space at most, so that no pattern has to try many ways.
  const text = answer.replace(/[^\S\n]+/g, " ").replace(/\s*\n\s*/g, "\n");
  const positionOf = (id: string) =>
    identifiers === "numbers" ? Number(id) - 1 : LETTERS.indexOf(id.toUpperCase());
  const inside = (part: string) => [...part.matchAll(use.each)].map(([id]) => positionOf(id));
  const singles = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, id]) => positionOf(id!));
  const longest = (pattern: RegExp) => {
    let best: number[] = [];
    for (const [part] of text.matchAll(pattern)) {
      const found = inside(part);
      if (distinct(found, count) >= Math.max(1, distinct(best, count))) best = found;
    }
    return best;
  };
  const numbered = () => {
    const lines = [...text.matchAll(use.numbered)];
    const counted = lines.length > 1 && lines.every(([, line], index) => Number(line) === index + 1);
    return counted ? lines.map(([, , id]) => positionOf(id!)) : [];
  };
  const list = () => {
    const found = longest(use.list);
    const alone = inside(text).length === 1 && text.replace(/[\s.*"'`()[\]]/g, "").length <= 9;
    const enough = alone ? 1 : Math.min(count, Math.max(2, Math.ceil(count / 2)));
    return distinct(found, count) >= enough ? found : [];
  };

  const bracketsAlone = () => {
    const found = singles(use.bracketed);
    const wordless = /^[^\p{L}]*$/u.test(text.replace(use.bracketed, ""));
    return wordless && new Set(found).size === found.length ? found : [];
  };
  const ways: readonly (readonly [FoundIdentifiers["form"], () => number[]])[] = [
    ["exact", () => (use.exact.test(text) ? inside(text) : [])],
    ["list", bracketsAlone],
    ["list", () => longest(use.chain)],
    ["prose", () => singles(use.bracketed)],
    ["prose", () => singles(use.named)],
    ["list", () => longest(use.array)],
    ["list", numbered],
    ["prose", list],
  ];
  for (const [form, way] of ways) {
    const positions = way();
    if (distinct(positions, count) > 0) return { positions, form };
  }
  return { positions: [], form: "none" };
}

/** How many of the documents are named. */
function distinct(positions: readonly number[], count: number): number {
  return new Set(positions.filter((position) => position >= 0 && position < count)).size;
}
