import type { ChatRequest } from "../chat-model.js";

/** A document as a prompt shows it. */
export interface ShownDocument {
  readonly id: string;
  readonly text: string;
}

/** Reads the documents out of a prompt as a model would: `[3] text`, `Passage A: "text"` or `Document A: text`. */
export function shownDocuments({ messages }: ChatRequest): ShownDocument[] {
  const prompt = messages
    .filter(({ role }) => role === "user")
    .map(({ content }) => content)
    .join("\n");
  return [...prompt.matchAll(/^(?:\[(\d+|[A-Z])\] (.*)|(?:Passage|Document) ([A-Z]): "?(.*?)"?)$/gm)].map(
    ([, id, text, letter, quoted]) => ({ id: (id ?? letter) as string, text: (text ?? quoted) as string }),
  );
}
