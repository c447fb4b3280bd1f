import { closestName } from "../../evaluate/measures/closest-name.js";
import { show } from "../../types/index.js";
import { expand } from "./expand.js";
import { hasMarker } from "./identifier-marker.js";
import { eachVariables, KINDS, OPTIONAL_VARIABLES } from "./kinds.js";
import { promptError } from "./prompt-error.js";
import { type PromptNode, type PromptTemplate, walk } from "./template.js";

/**
 * Holds a template to its kind: variables known and none missing, documents in one `@each`, identifiers set apart from
 * what stands beside them, messages in an order that chat models take.
 *
 * @throws RankwrightError INVALID_PROMPT
 */
export function checkPrompt(template: PromptTemplate, source: string): void {
  const { kind, nodes } = template;
  const rule = KINDS[kind];
  const outside = Object.keys(rule.variables);
  checkVariables(nodes, outside, source);

  const blocks = [...walk(nodes)].filter((node) => node.type === "each");
  const [block] = blocks;
  if (!rule.each && block)
    throw promptError(source, block.line, `${kind} prompts hold one document; leave out @each`);
  if (rule.each && blocks.length !== 1) {
    const mend = "hold one @each … @end around the line of a document";
    throw promptError(
      source,
      blocks[1]?.line ?? 1,
      `there are ${blocks.length} @each; ${kind} prompts ${mend}`,
    );
  }
  if (block?.type === "each") {
    checkVariables(block.nodes, [...outside, ...eachVariables(kind)], source);
    const used = variablesOf(block.nodes);
    const missing = eachVariables(kind).find((name) => !used.has(name));
    if (missing) throw promptError(source, block.line, `@each lacks {{${missing}}}; put it there`, missing);
    for (const node of walk(block.nodes)) {
      if (node.type !== "line" || hasMarker(node)) continue;
      const mend = "set it apart with a mark, as in [{{id}}] or Passage {{id}}:";
      throw promptError(source, node.line, `{{id}} could be mistaken for text of a document; ${mend}`, "id");
    }
  }
  const used = variablesOf(nodes);
  for (const [name, needed] of Object.entries(rule.variables)) {
    if (needed && !used.has(name))
      throw promptError(source, 1, `{{${name}}} is missing; ${kind} prompts need it`, name);
  }
  checkRoles(template, source);
}

/** Those of `nodes` itself; an `@each` inside is looked at by itself. */
function checkVariables(nodes: readonly PromptNode[], known: readonly string[], source: string): void {
  for (const node of nodes) {
    if (node.type === "line") {
      for (const part of node.parts)
        if ("variable" in part) checkName(part.variable, known, source, node.line);
    } else if (node.type === "if") {
      checkName(node.variable, known, source, node.line);
      if (!OPTIONAL_VARIABLES.includes(node.variable)) {
        const mend = `@if is for ${OPTIONAL_VARIABLES.join(", ")}`;
        throw promptError(
          source,
          node.line,
          `{{${node.variable}}} always has a value; ${mend}`,
          node.variable,
        );
      }
      checkVariables([...node.whenSet, ...node.whenUnset], known, source);
    }
  }
}

function checkName(name: string, known: readonly string[], source: string, line: number): void {
  if (known.includes(name)) return;
  const close = closestName(name, known);
  const mend = close ? `use {{${close}}}` : `use ${known.map((each) => `{{${each}}}`).join(", ")}`;
  const where = eachVariables("cross").includes(name) ? " outside @each" : "";
  throw promptError(source, line, `there is no variable ${show(name)}${where}; ${mend}`, name);
}

function variablesOf(nodes: readonly PromptNode[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const node of walk(nodes)) {
    if (node.type === "line") for (const part of node.parts) if ("variable" in part) used.add(part.variable);
  }
  return used;
}

/** With an instruction and without one: system first if at all, user and assistant in turn, user last, none empty. */
function checkRoles(template: PromptTemplate, source: string): void {
  for (const instruction of ["x", undefined]) {
    const messages = expand(template, {
      values: { query: "x", count: "x", ids: "x", pick: "x", document: "x", instruction },
      documents: Array.from({ length: KINDS[template.kind].documents ?? 2 }, () => ({
        id: "x",
        query: "x",
        document: "x",
      })),
    });
    const last = messages.at(-1);
    if (!last) throw promptError(source, 1, "the template has no message; begin one with @user");
    for (const [index, { role, line, content }] of messages.entries()) {
      const before = messages[index - 1]?.role;
      if (content.trim() === "")
        throw promptError(source, line, `the message of @${role} is empty; fill it or leave it out`);
      if (role === "system" && index > 0)
        throw promptError(source, line, "@system comes first or not at all");
      if (role === before || (role === "assistant" && before !== "user")) {
        throw promptError(
          source,
          line,
          `@${role} follows ${before ? `@${before}` : "nothing"}; let @user and @assistant take turns`,
        );
      }
    }
    if (last.role !== "user")
      throw promptError(source, last.line, `the last message is @${last.role}'s; end with @user`);
  }
}
