import type { ChatMessage } from "../chat-model.js";

/**
 * What a prompt asks for: an order (`listwise`), the best few (`selection`), the best one (`setwise`), the better of two
 * (`pairwise`), the one of two that is better for a query of its own (`cross`), a number from -1 to 1 for two (`judge`), or
 * a label for one document (`relevance`).
 */
export type PromptKind = "listwise" | "selection" | "setwise" | "pairwise" | "cross" | "judge" | "relevance";

/** How a prompt calls its documents: 1, 2, 3 … or A, B, C … */
export type Identifiers = "numbers" | "letters";

/** An answer that a relevance prompt allows, and what it is worth. */
export interface RelevanceLabel {
  readonly text: string;
  /** Finite; 1 and 0 for yes and no, or a grade. */
  readonly value: number;
}

/** A prompt template that was read and found sound. Made by `parsePrompt`. */
export interface PromptTemplate {
  readonly name: string;
  readonly kind: PromptKind;
  /** One line: what it is and where it comes from. */
  readonly about: string;
  readonly identifiers: Identifiers;
  /** Most words of a document that are shown; see `cutWords` for what a word is. */
  readonly words: number;
  /** Longest answer in tokens that its answers need; absent where only the caller can know. */
  readonly answerTokens?: number | undefined;
  /** For `relevance`: two or more, each text once; else empty. */
  readonly labels: readonly RelevanceLabel[];
  /** The text it was read from: what `rankwright prompts show` prints. */
  readonly text: string;
  readonly nodes: readonly PromptNode[];
}

/** Text, or the name of a variable in its place. */
export type PromptPart = { readonly text: string } | { readonly variable: string };

export type PromptNode =
  | { readonly type: "turn"; readonly role: ChatMessage["role"]; readonly line: number }
  | { readonly type: "line"; readonly parts: readonly PromptPart[]; readonly line: number }
  | { readonly type: "each"; readonly nodes: readonly PromptNode[]; readonly line: number }
  | {
      readonly type: "if";
      readonly variable: string;
      readonly whenSet: readonly PromptNode[];
      readonly whenUnset: readonly PromptNode[];
      readonly line: number;
    };

/** The most documents that letters can name. */
export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** What a prompt calls its document at `position`, from 0: "1" or "A". */
export function identifierOf(identifiers: Identifiers, position: number): string {
  return identifiers === "numbers" ? String(position + 1) : (LETTERS[position] ?? "?");
}

/** Every node, the ones inside blocks after their block. */
export function* walk(nodes: readonly PromptNode[]): Generator<PromptNode> {
  for (const node of nodes) {
    yield node;
    if (node.type === "each") yield* walk(node.nodes);
    if (node.type === "if") yield* walk([...node.whenSet, ...node.whenUnset]);
  }
}
