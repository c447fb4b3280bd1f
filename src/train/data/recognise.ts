import type { Document } from "../../types/index.js";
import { show } from "../../types/index.js";
import type { TrainingExample } from "../example.js";
import { invalidData, type Origin } from "./invalid-data.js";
import { type Fields, presentKey, readDocument, readDocuments, readText, titled } from "./read-field.js";
import { readTargetOf, readTargetsOf, type TargetKind } from "./targets.js";

const QUERY = ["query", "q", "question"];
const LIST = ["documents", "docs", "passages", "candidates"];
const POSITIVE = ["positive", "positives", "pos"];
const NEGATIVE = ["negative", "negatives", "neg"];
const DOCUMENT = ["document", "doc", "passage", "text"];
const HEADINGS = ["title", "heading", "term"];
const BODY = ["text", "abstract", "meaning"];

/** What training data may look like, for messages and documentation. */
export const SHAPES: readonly string[] = [
  '{"query", "document", "label"}',
  '{"query", "positive"}',
  '{"query", "positive", "negative"}',
  '{"query", "documents": […], "labels": […]}',
  '{"title", "text"}',
];

export interface RecogniseOptions {
  /** Which numbers to learn from, where a line holds several. */
  readonly targets?: TargetKind | undefined;
  /** Take lines that hold a text alone, as examples with an empty query. Default: false. */
  readonly textOnly?: boolean | undefined;
}

export interface Recognised {
  readonly example: TrainingExample;
  /** Whether the targets are judgments, which hold wherever the same pair stands, and not a teacher's numbers. */
  readonly judged: boolean;
}

/**
 * Turns a record into an example by the keys that it has:
 *
 * - a query (`query`, `q`, `question`) with one document (`document`, `doc`, `passage`, `text`) and a number
 *   (`label`, `score`, `probability`);
 * - a query with what answers it (`positive`, `pos`) and, perhaps, what does not (`negative`, `neg`), each a
 *   document or an array: targets 1 and 0, unless a teacher's `scores` stand beside them, positives first;
 * - a query with `documents` (`docs`, `passages`, `candidates`) and as many `labels`, `scores`, `ranks` or
 *   `probabilities`;
 * - no query, but something like one (`title`, `heading`, `term`) and its text (`text`, `abstract`,
 *   `meaning`): a weak pair with target 1.
 *
 * A document is a string or `{text, title}`; a `title` beside a single document is that document's. Other
 * keys are ignored.
 *
 * @throws RankwrightError INVALID_TRAINING_DATA with the keys seen and the shapes accepted, or with what is
 *   wrong with a value
 */
export function recognise(record: Fields, origin: Origin, options: RecogniseOptions = {}): Recognised {
  const recognised = labelled(record, origin, options) ?? weakPair(record, origin, options);
  if (recognised === undefined) throw unknownShape(record, origin);
  checkRepeats(recognised.example, origin);
  return recognised;
}

function labelled(
  record: Fields,
  origin: Origin,
  { targets: wanted }: RecogniseOptions,
): Recognised | undefined {
  const queryKey = presentKey(record, QUERY);
  if (queryKey === undefined) return undefined;
  const query = () => readText(record[queryKey], queryKey, origin);
  const list = presentKey(record, LIST);
  if (list !== undefined) {
    const documents = readDocuments(record[list], list, origin);
    if (documents.length === 0) throw invalidData(origin, `${list} is empty; give at least one document`);
    const targets = readTargetsOf(record, documents.length, wanted, origin);
    if (targets === undefined) throw unknownShape(record, origin);
    return {
      example: { query: query(), documents, targets: targets.values },
      judged: targets.kind === "label",
    };
  }
  const positive = presentKey(record, POSITIVE);
  if (positive !== undefined) return positives(record, query(), positive, origin, wanted);
  const key = presentKey(record, DOCUMENT);
  const target = key === undefined ? undefined : readTargetOf(record, wanted, origin);
  if (key === undefined || target === undefined) return undefined;
  const documents = [withTitle(record, key, origin)];
  return { example: { query: query(), documents, targets: target.values }, judged: target.kind === "label" };
}

function positives(
  record: Fields,
  query: string,
  key: string,
  origin: Origin,
  wanted: TargetKind | undefined,
): Recognised {
  const negativeKey = presentKey(record, NEGATIVE);
  const good = Array.isArray(record[key])
    ? readDocuments(record[key], key, origin)
    : [withTitle(record, key, origin)];
  const bad = negativeKey === undefined ? [] : readDocuments(record[negativeKey], negativeKey, origin);
  if (good.length === 0) throw invalidData(origin, `${key} is empty; give at least one document`);
  const documents = [...good, ...bad];
  const teacher = readTargetsOf(record, documents.length, wanted, origin);
  if (teacher) return { example: { query, documents, targets: teacher.values }, judged: false };
  return {
    example: { query, documents, targets: documents.map((_, i) => (i < good.length ? 1 : 0)) },
    judged: true,
  };
}

function weakPair(record: Fields, origin: Origin, { textOnly }: RecogniseOptions): Recognised | undefined {
  const body = presentKey(record, BODY);
  if (body === undefined || presentKey(record, QUERY) !== undefined) return undefined;
  const keys = HEADINGS.filter((key) => presentKey(record, [key]) && record[key] !== "");
  if (keys.length === 0 && !textOnly) return undefined;
  const headings = new Set(keys.map((key) => readText(record[key], key, origin)));
  const documents = [{ text: readText(record[body], body, origin) }];
  return { example: { query: [...headings].join(": "), documents, targets: [1] }, judged: false };
}

function withTitle(record: Fields, key: string, origin: Origin): Document {
  const document = readDocument(record[key], key, origin);
  return document.title === undefined ? titled(document.text, record.title, "title", origin) : document;
}

/** One document may stand in a list once: its targets would differ, or it would count twice. */
function checkRepeats({ documents, targets }: TrainingExample, origin: Origin): void {
  if (documents.length === 1) return;
  const met = new Map<string, number>();
  documents.forEach((document, i) => {
    const key = `${document.title ?? ""}\n${document.text}`;
    const earlier = met.get(key);
    met.set(key, i);
    if (earlier === undefined) return;
    const [a, b] = [targets[earlier], targets[i]];
    const differs = a === b ? "" : `, with the targets ${a} and ${b}`;
    const problem = `documents ${earlier + 1} and ${i + 1} are the same${differs}; keep one of them`;
    throw invalidData(origin, problem, { field: "documents", value: document.text });
  });
}

function unknownShape(record: Fields, origin: Origin) {
  const seen = Object.keys(record);
  const problem = `the keys ${show(seen)} are no training data; accepted are ${SHAPES.join(" or ")}`;
  return invalidData(origin, problem, { field: "keys", value: seen });
}
