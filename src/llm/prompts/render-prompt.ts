import { type Document, RankwrightError, show } from "../../types/index.js";
import type { ChatMessage } from "../chat-model.js";
import { cutWords } from "./cut-words.js";
import { documentText } from "./document-text.js";
import { expand } from "./expand.js";
import { identifierMarkers } from "./identifier-marker.js";
import { KINDS } from "./kinds.js";
import { neutralise } from "./neutralise.js";
import { identifierOf, LETTERS, type PromptTemplate } from "./template.js";

/** What a prompt is about. */
export interface PromptInput {
  readonly query: string;
  readonly documents: readonly Document[];
  /** For `cross`: the query of each document. */
  readonly queries?: readonly string[] | undefined;
  readonly instruction?: string | undefined;
  /** For `selection`: how many documents to name. Default: half of them, rounded up. */
  readonly pick?: number | undefined;
}

/** How much of it is shown. */
export interface PromptCaps {
  /** Words of a document. Default: the template's. */
  readonly words?: number | undefined;
  /** Words of the query. Default: all. */
  readonly queryWords?: number | undefined;
}

export interface RenderedPrompt {
  readonly messages: readonly ChatMessage[];
  /** Positions of the documents that were cut, ascending. */
  readonly cut: readonly number[];
  readonly queryCut: boolean;
}

/**
 * The messages of a template, the text of query, documents and instruction made safe (see `neutralise`).
 *
 * @throws RankwrightError INVALID_OPTION where the template takes another number of documents
 */
export function renderPrompt(
  template: PromptTemplate,
  { query, documents, queries, instruction, pick = Math.ceil(documents.length / 2) }: PromptInput,
  { words = template.words, queryWords = Number.POSITIVE_INFINITY }: PromptCaps = {},
): RenderedPrompt {
  checkCount(template, documents.length);
  const markers = identifierMarkers(template);
  const cutQueries = (queries ?? [query]).map((one) => cutWords(one, queryWords));
  const cut: number[] = [];
  const shown = documents.map((document, position) => {
    const beginning = cutWords(documentText(document), words);
    if (beginning.cut) cut.push(position);
    return {
      id: identifierOf(template.identifiers, position),
      ...(queries && { query: neutralise(cutQueries[position]?.text ?? "", markers) }),
      document: neutralise(beginning.text, markers),
    };
  });
  const values = {
    query: neutralise(cutQueries[0]?.text ?? "", markers),
    count: String(documents.length),
    ids: shown.map(({ id }) => id).join(", "),
    pick: String(pick),
    document: shown[0]?.document,
    instruction: instruction?.trim() ? neutralise(instruction, markers) : undefined,
  };
  const messages = expand(template, { values, documents: shown });
  return {
    messages: messages.map(({ role, content }) => ({ role, content })),
    cut,
    queryCut: cutQueries.some(({ cut }) => cut),
  };
}

function checkCount({ name, kind, identifiers }: PromptTemplate, count: number): void {
  const { documents } = KINDS[kind];
  const most = identifiers === "letters" ? LETTERS.length : Number.POSITIVE_INFINITY;
  if (count > 0 && count === (documents ?? count) && count <= most) return;
  const range = documents ?? (most === Number.POSITIVE_INFINITY ? "at least one" : `1 to ${most}`);
  throw new RankwrightError(
    "INVALID_OPTION",
    `documents.length is ${show(count)}; prompt ${name} takes ${range}.`,
    { field: "documents.length", value: count },
  );
}
