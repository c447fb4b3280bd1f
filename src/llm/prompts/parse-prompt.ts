import { show } from "../../types/index.js";
import { checkPrompt } from "./check-prompt.js";
import { readFrontMatter } from "./front-matter.js";
import { promptError } from "./prompt-error.js";
import type { PromptNode, PromptPart, PromptTemplate } from "./template.js";

const ROLES = ["system", "user", "assistant"] as const;

/** A block under construction: its nodes go to the first list that is open. */
interface Open {
  readonly type: "each" | "if";
  readonly variable: string;
  readonly line: number;
  readonly whenSet: PromptNode[];
  whenUnset?: PromptNode[];
}

/**
 * Reads a template: settings between lines of `---`, then messages. A line `@system`, `@user` or `@assistant` begins a
 * message, `{{name}}` stands for a variable, `@each` … `@end` is repeated for each document and may begin messages of its
 * own, `@if name` … `@else` … `@end` stands where the variable has a value. `\@` and `\{{` are the characters themselves.
 *
 * @param source what messages call it: a file, or the name of a built-in template
 * @throws RankwrightError INVALID_PROMPT with `source` and line
 */
export function parsePrompt(text: string, source = "the template"): PromptTemplate {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const { end, ...settings } = readFrontMatter(lines, source);
  const nodes: PromptNode[] = [];
  const open: Open[] = [];
  for (let index = end; index < lines.length; index++) {
    const line = index + 1;
    const text = lines[index]!;
    const [, word = "", rest = ""] = /^@(\S*)\s*(.*?)\s*$/.exec(text) ?? [];
    const block = open.at(-1);
    const into = block ? (block.whenUnset ?? block.whenSet) : nodes;
    const role = ROLES.find((role) => role === word);
    if (!text.startsWith("@")) {
      into.push({ type: "line", parts: readParts(text, source, line), line });
    } else if (role && rest === "") {
      into.push({ type: "turn", role, line });
    } else if (word === "each" && rest === "") {
      open.push({ type: "each", variable: "", line, whenSet: [] });
    } else if (word === "if" && /^\w+$/.test(rest)) {
      open.push({ type: "if", variable: rest, line, whenSet: [] });
    } else if (word === "else" && rest === "" && block?.type === "if" && !block.whenUnset) {
      block.whenUnset = [];
    } else if (word === "end" && rest === "" && block) {
      open.pop();
      const parent = open.at(-1);
      (parent ? (parent.whenUnset ?? parent.whenSet) : nodes).push(closed(block));
    } else {
      const mend =
        "lines that begin with @ are @system, @user, @assistant, @each, @if NAME, @else, @end; write \\@ for the character";
      throw promptError(source, line, `${show(text)} does not stand here; ${mend}`);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw promptError(source, unclosed.line, `@${unclosed.type} has no @end; add one`);
  const template: PromptTemplate = { ...settings, text, nodes };
  checkPrompt(template, source);
  return template;
}

function closed({ type, variable, line, whenSet, whenUnset = [] }: Open): PromptNode {
  return type === "each" ? { type, nodes: whenSet, line } : { type, variable, whenSet, whenUnset, line };
}

/** `Passage {{id}}: \{{` is text, a variable, and text. */
function readParts(line: string, source: string, number: number): PromptPart[] {
  const parts: PromptPart[] = [];
  let text = "";
  let at = 0;
  if (line.startsWith("\\@")) at = 1;
  while (at < line.length) {
    if (line.startsWith("\\{{", at)) {
      text += "{{";
      at += 3;
    } else if (line.startsWith("{{", at)) {
      const [whole, variable] = /^\{\{\s*(\w+)\s*\}\}/.exec(line.slice(at)) ?? [];
      if (whole === undefined || variable === undefined) {
        const mend = "write a variable as {{name}}, or \\{{ for the characters";
        throw promptError(source, number, `${show(line.slice(at))} is no variable; ${mend}`);
      }
      if (text !== "") parts.push({ text });
      parts.push({ variable });
      text = "";
      at += whole.length;
    } else {
      text += line[at++];
    }
  }
  if (text !== "") parts.push({ text });
  return parts;
}
