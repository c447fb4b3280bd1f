import type { Identifiers, PromptKind } from "./template.js";

interface KindRule {
  /** Variables of the whole prompt; those with `true` must be used. */
  readonly variables: Readonly<Record<string, boolean>>;
  /** Whether documents stand in an `@each` block; otherwise `{{document}}` is the only one. */
  readonly each: boolean;
  /** Whether each document has a `{{query}}` of its own, inside `@each`. */
  readonly ownQueries?: true;
  /** How many documents it takes; absent: any number. */
  readonly documents?: number;
  readonly identifiers: Identifiers;
}

const LIST = { query: true, count: false, ids: false, instruction: false } as const;

/** What each kind of prompt may and must hold. */
export const KINDS: Readonly<Record<PromptKind, KindRule>> = {
  listwise: { variables: LIST, each: true, identifiers: "numbers" },
  selection: { variables: { ...LIST, pick: true }, each: true, identifiers: "numbers" },
  setwise: { variables: LIST, each: true, identifiers: "letters" },
  pairwise: { variables: LIST, each: true, documents: 2, identifiers: "letters" },
  cross: {
    variables: { count: false, ids: false, instruction: false },
    each: true,
    ownQueries: true,
    documents: 2,
    identifiers: "letters",
  },
  judge: { variables: LIST, each: true, documents: 2, identifiers: "letters" },
  relevance: {
    variables: { query: true, document: true, instruction: false },
    each: false,
    documents: 1,
    identifiers: "numbers",
  },
};

/** Variables that only exist inside `@each`, once per document; all must be used there. */
export function eachVariables(kind: PromptKind): readonly string[] {
  return KINDS[kind].ownQueries ? ["id", "query", "document"] : ["id", "document"];
}

/** Variables that may be left without a value, for `@if`. */
export const OPTIONAL_VARIABLES: readonly string[] = ["instruction"];
