import type { ChatMessage } from "../chat-model.js";
import type { PromptNode, PromptTemplate } from "./template.js";

/** What stands in the place of variables, already safe to stand there. */
export interface PromptValues {
  /** Of the whole prompt; `undefined` for what `@if` leaves out. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Of `@each`, one per document. */
  readonly documents: readonly { readonly id: string; readonly document: string; readonly query?: string }[];
}

/** A message, and the line of the template that begins it. */
export interface ExpandedMessage extends ChatMessage {
  readonly line: number;
}

/** The messages of a template; empty lines at the ends of a message are left out. Values are not looked at. */
export function expand({ nodes }: PromptTemplate, { values, documents }: PromptValues): ExpandedMessage[] {
  const messages: { role: ChatMessage["role"]; line: number; lines: string[] }[] = [];
  const write = (nodes: readonly PromptNode[], scope: PromptValues["values"]): void => {
    for (const node of nodes) {
      if (node.type === "turn") {
        messages.push({ role: node.role, line: node.line, lines: [] });
      } else if (node.type === "each") {
        for (const document of documents) write(node.nodes, { ...scope, ...document });
      } else if (node.type === "if") {
        write(scope[node.variable] === undefined ? node.whenUnset : node.whenSet, scope);
      } else {
        const text = node.parts
          .map((part) => ("text" in part ? part.text : (scope[part.variable] ?? "")))
          .join("");
        const message = messages.at(-1);
        if (message) message.lines.push(text);
        else if (text.trim() !== "") messages.push({ role: "user", line: node.line, lines: [text] });
      }
    }
  };
  write(nodes, values);
  return messages.map(({ role, line, lines }) => {
    const filled = (text: string) => text.trim() !== "";
    const content = lines.slice(lines.findIndex(filled), lines.findLastIndex(filled) + 1).join("\n");
    return { role, content, line };
  });
}
