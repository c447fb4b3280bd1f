import type { TruthFunction } from "../truth.js";
import type { Question, QuestionKind, ShownDocument } from "./question.js";
import { type Found, TextFinder } from "./text-finder.js";

/** The messages of a request, and the JSON Schema that its answer must follow. */
export interface Prompt {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly schema?: Readonly<Record<string, unknown>> | undefined;
}

/** Understands a prompt, or does not. */
export type Recogniser = (prompt: Prompt) => Question | undefined;

/** `[3]`, `[C]`, `Passage A:`, `Document 2:`. */
const LABEL = /\[(\d{1,3}|[A-Z])\]|\b(?:passage|document|doc)\s?([A-Z]|\d{1,2})\s?:/gi;
const GRADED = /\b(?:grades?|scale|scores?|ratings?|digit)\b/i;
const PICK = /\b(?:select|name) the (\d{1,3}) (?:documents|passages)\b/i;
const BINARY = /\b1 for relevant\b/i;

interface Label {
  readonly name: string;
  readonly bracketed: boolean;
  readonly at: number;
}

/**
 * Understands the usual prompts of LLM re-rankers by the known texts in them, the labels before these, and
 * the words around them: RankGPT and RankZephyr windows, setwise, pairwise (PRP), zELO's judge, yes or no, grades.
 */
export function createRecogniser({ documents, queries = [] }: TruthFunction): Recogniser {
  const documentFinder = new TextFinder(documents);
  const queryFinder = new TextFinder(queries);
  return ({ messages, schema }) => {
    const text = messages.map(({ content }) => content).join("\n\n");
    const found = documentFinder.find(text);
    const asked = queryFinder.find(text);
    const labels = labelsOf(text, found);
    const labelled = labels.flatMap((label, i) => {
      const document = longest(between(found, label.at, labels[i + 1]?.at ?? text.length));
      return document ? [{ label, document }] : [];
    });
    if (labelled.length > 0) {
      const documents = labelled.map(({ label, document }) => show(document, label.name, asked));
      const around = instructions(text, found, asked);
      const pick = PICK.exec(around)?.[1];
      const kind = kindOf(labelled[0]!.label, documents, around, schema);
      return { kind, documents, ...(pick !== undefined && { pick: Number(pick) }) };
    }
    // A query may read like a document; the document is then what else stands there.
    const single = longest(found.filter(({ start }) => !asked.some((query) => query.start === start)));
    if (!single) return undefined;
    const around = instructions(text, found, asked);
    const documents = [show(single, "", asked)];
    if (GRADED.test(around)) return { kind: "graded", documents };
    return { kind: "yes-no", documents, ...(BINARY.test(around) && { words: ["1", "0"] }) };
  };
}

/** What looks like a label inside a document is none. */
function labelsOf(text: string, found: readonly Found[]): readonly Label[] {
  return Array.from(text.matchAll(LABEL), ({ 0: whole, 1: number, 2: letter, index }) => ({
    name: number ?? (letter as string).toUpperCase(),
    bracketed: number !== undefined,
    at: index + whole.length,
  })).filter(({ at }) => !found.some(({ start, end }) => start < at && at < end));
}

function between(found: readonly Found[], start: number, end: number): readonly Found[] {
  return found.filter((text) => text.start >= start && text.start < end);
}

/** The first of the longest. */
function longest(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>(
    (best, text) => (text.words > (best?.words ?? 0) ? text : best),
    undefined,
  );
}

/** A document belongs to the query before it, or else to the first one. */
function show(document: Found, label: string, asked: readonly Found[]): ShownDocument {
  const outside = asked.filter(({ start, end }) => end <= document.start || start >= document.end);
  const before = outside.filter(({ end }) => end <= document.start);
  return { text: document.text, label, query: (before.at(-1) ?? outside[0])?.text };
}

function kindOf(
  label: Label,
  shown: readonly ShownDocument[],
  around: string,
  schema: Prompt["schema"],
): QuestionKind {
  if (label.bracketed) return "listwise";
  if (shown.length !== 2 || /\blabel\b/i.test(around)) return "setwise";
  const scored = JSON.stringify(schema ?? "").includes('"score"') || /"score"/.test(around);
  return scored ? "zelo" : "prp";
}

/** The prompt without its documents and queries. */
function instructions(text: string, found: readonly Found[], asked: readonly Found[]): string {
  let rest = "";
  let at = 0;
  for (const { start, end } of [...found, ...asked].sort((a, b) => a.start - b.start)) {
    rest += text.slice(at, Math.max(at, start));
    at = Math.max(at, end);
  }
  return rest + text.slice(at);
}
