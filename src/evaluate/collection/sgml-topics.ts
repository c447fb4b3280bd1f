import { lineError } from "../../files/line-error.js";
import type { Line } from "../../files/read-lines.js";
import { type RankwrightError, show } from "../../types/index.js";
import type { Topic, TopicField } from "./read-topics.js";

/** Tags of a field, and the word that old topics repeat at its beginning. */
const FIELDS: Readonly<Record<TopicField, { readonly tags: string; readonly label: RegExp }>> = {
  title: { tags: "title|query", label: /^Topic:/i },
  description: { tags: "desc|description|question", label: /^Description:/i },
  narrative: { tags: "narr|narrative", label: /^Narrative:/i },
};
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * TREC's topics: `<top>` blocks with `<num>`, `<title>`, `<desc>` and `<narr>`, whose fields need no closing
 * tags, or `<topic number="1">` with `<query>` or `<title>`, `<question>` or `<description>`, `<narrative>`.
 *
 * @throws RankwrightError INVALID_TOPICS
 */
export async function* sgmlTopics(
  lines: AsyncIterable<Line>,
  name: string,
  field: TopicField,
): AsyncGenerator<Topic> {
  let begin = 0;
  let attributes = "";
  let block: string | undefined;
  for await (const { number, text: line } of lines) {
    let text = line;
    if (block === undefined) {
      const opening = /<top(?:ic)?(?=[\s>])([^>]*)>/i.exec(text);
      if (!opening) {
        if (!/^\s*(<|$)/.test(text)) throw stray(name, number, text);
        continue;
      }
      begin = number;
      attributes = opening[1] ?? "";
      block = "";
      text = text.slice(opening.index + opening[0].length);
    }
    const closing = /<\/top(?:ic)?\s*>/i.exec(text);
    block += `${closing ? text.slice(0, closing.index) : text}\n`;
    if (!closing) continue;
    yield topicOf(block, attributes, { name, line: begin, field });
    block = undefined;
  }
  if (block !== undefined) {
    const problem = "this topic has no end; close it with </top>, or </topic>";
    throw lineError("INVALID_TOPICS", name, begin, problem);
  }
}

function topicOf(
  block: string,
  attributes: string,
  { name, line, field }: { readonly name: string; readonly line: number; readonly field: TopicField },
): Topic {
  const number = /\bnumber\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1] ?? contentOf(block, "num");
  const id = number?.replace(/^Number:/i, "").trim();
  if (!id || /\s/.test(id)) {
    const problem = `the topic's number is ${show(id)}; write it as <num> without white space`;
    throw lineError("INVALID_TOPICS", name, line, problem, { field: "num", value: id });
  }
  const { tags, label } = FIELDS[field];
  const content = contentOf(block, tags);
  if (content === undefined) {
    const problem = `topic ${show(id)} has no ${field}; write it as <${tags.split("|")[0]}>, or choose another field`;
    throw lineError("INVALID_TOPICS", name, line, problem, { field, value: id });
  }
  return { id, text: content.replace(label, "").trim(), line };
}

/** What follows the first of these tags, up to the next tag; on one line. */
function contentOf(block: string, tags: string): string | undefined {
  const content = new RegExp(`<(?:${tags})>([^]*?)(?=</?[a-z]+>|$)`, "i").exec(block)?.[1];
  return content && decodeEntities(content).replace(/\s+/g, " ").trim();
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (all, decimal, hex, named) => {
      if (named) return ENTITIES[named.toLowerCase()] ?? all;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : all;
    },
  );
}

function stray(name: string, line: number, text: string): RankwrightError {
  const problem = `${show(text.trim())} stands outside of a topic; begin each with <top>`;
  return lineError("INVALID_TOPICS", name, line, problem, { value: text });
}
