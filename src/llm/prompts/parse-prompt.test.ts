import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { BUILTIN_PROMPTS } from "./builtin/index.js";
import { parsePrompt } from "./parse-prompt.js";
import { builtinNames, builtinPrompt } from "./read-prompt.js";
import { renderPrompt } from "./render-prompt.js";

const HEAD = ["---", "name: mine", "kind: listwise", "---"];
const BODY = ["@user", "Query: {{query}}", "@each", "[{{id}}] {{document}}", "@end"];
const parse = (...lines: string[]) => parsePrompt(lines.join("\n"), "mine.prompt");

/** The message of the error without its beginning `mine.prompt, line `. */
function problem(...lines: string[]): string {
  try {
    parse(...lines);
  } catch (error) {
    if (RankwrightError.isInstance(error) && error.code === "INVALID_PROMPT") {
      return error.message.replace(/^mine\.prompt, line /, "");
    }
    throw error;
  }
  return "none";
}

describe("parsePrompt", () => {
  it("reads settings, messages, variables and blocks", () => {
    const template = parse(
      "---",
      "name: mine",
      "kind: listwise",
      "about: A test: with a colon",
      "words: 50",
      "answer-tokens: 100",
      "---",
      "@system",
      "Rank {{count}} passages.",
      "@user",
      "",
      "Query: {{ query }}",
      "@each",
      "@if instruction",
      "({{instruction}})",
      "@else",
      "(none)",
      "@end",
      "[{{id}}] {{document}}",
      "@end",
      "\\@each is {{ids}}, \\{{query}} is text",
      "",
    );
    expect(template).toMatchObject({
      name: "mine",
      kind: "listwise",
      about: "A test: with a colon",
      words: 50,
      answerTokens: 100,
      identifiers: "numbers",
      labels: [],
    });
    const documents = [{ text: "one" }, { text: "two" }];
    expect(renderPrompt(template, { query: "q", documents }).messages).toEqual([
      { role: "system", content: "Rank 2 passages." },
      {
        role: "user",
        content: "Query: q\n(none)\n[1] one\n(none)\n[2] two\n@each is 1, 2, {{query}} is text",
      },
    ]);
    const [, user] = renderPrompt(template, { query: "q", documents, instruction: "be strict" }).messages;
    expect(user?.content).toContain("Query: q\n(be strict)\n[1] one");
  });

  it("begins messages inside @each", () => {
    const template = parse(
      ...HEAD,
      "@user",
      "{{query}}",
      "@assistant",
      "Yes?",
      "@each",
      "@user",
      "[{{id}}] {{document}}",
      "@assistant",
      "ok",
      "@end",
      "@user",
      "Now.",
    );
    const { messages } = renderPrompt(template, {
      query: "q",
      documents: [{ text: "one" }, { text: "two" }],
    });
    expect(messages.map(({ role }) => role).join(" ")).toBe(
      "user assistant user assistant user assistant user",
    );
    expect(messages[4]?.content).toBe("[2] two");
  });

  it("takes text without a role for the user's", () => {
    const { messages } = renderPrompt(parse(...HEAD, ...BODY.slice(1)), {
      query: "q",
      documents: [{ text: "d" }],
    });
    expect(messages).toEqual([{ role: "user", content: "Query: q\n[1] d" }]);
  });

  it.each([
    [["name: mine"], "1: a template begins with a line of ---"],
    [["---", "name: mine"], "1: the settings have no end"],
    [["---", "name: mine", "colour: red", "---"], '3: there is no setting "colour"'],
    [["---", "name: mine", "nonsense", "---"], '3: there is no setting "nonsense"'],
    [["---", "name: a", "name: b", "---"], "3: name is set twice"],
    [["---", "name: a b", "kind: listwise", "---"], '2: name is "a b"'],
    [["---", "kind: listwise", "---"], "1: name is undefined"],
    [["---", "name: a", "kind: lists", "---"], '3: kind is "lists"; give one of listwise'],
    [
      ["---", "name: a", "kind: listwise", "words: 0", "---"],
      '4: words is "0"; give a positive whole number',
    ],
    [["---", "name: a", "kind: listwise", "identifiers: words", "---"], "4: identifiers is"],
    [["---", "name: a", "kind: listwise", "labels: a=1, b=0", "---"], "4: labels is"],
    [["---", "name: a", "kind: relevance", "---"], "1: labels is undefined"],
    [["---", "name: a", "kind: relevance", "labels: yes, no", "---"], "4: labels is"],
    [["---", "name: a", "kind: relevance", "labels: yes=1, Yes=0", "---"], "4: labels is"],
    [["---", "name: a", "kind: relevance", "labels: yes=1, no=1", "---"], "4: labels is"],
  ])("refuses settings %j", (lines, expected) => {
    expect(problem(...lines, ...BODY)).toContain(expected);
  });

  it.each([
    [[], "1: there are 0 @each; listwise prompts hold one"],
    [["@user", "{{query}}", "@each", "[{{id}}] x", "@end"], "7: @each lacks {{document}}"],
    [["@user", "{{query}}", "@each", "{{document}}", "@end"], "7: @each lacks {{id}}"],
    [["@user", "x", ...BODY.slice(2)], "1: {{query}} is missing"],
    [["@user", "{{querry}}", ...BODY.slice(2)], '6: there is no variable "querry"; use {{query}}'],
    [[...BODY, "{{document}}"], '10: there is no variable "document" outside @each'],
    [[...BODY, "{{pick}}"], '10: there is no variable "pick"'],
    [[...BODY, "{{ query"], '10: "{{ query" is no variable'],
    [[...BODY, "@tool"], '10: "@tool" does not stand here'],
    [[...BODY, "@end"], '10: "@end" does not stand here'],
    [[...BODY, "@else"], '10: "@else" does not stand here'],
    [[...BODY, "@if instruction", "x"], "10: @if has no @end"],
    [[...BODY, "@if query", "x", "@end"], "10: {{query}} always has a value"],
    [[...BODY, "@if name", "x", "@end"], '10: there is no variable "name"'],
    [[...BODY, ...BODY], "12: there are 2 @each"],
    [["@user", "{{query}}", "@each", "{{id}} {{document}}", "@end"], "8: {{id}} could be mistaken"],
    [[...BODY, "@assistant", "ok"], "10: the last message is @assistant's; end with @user"],
    [[...BODY, "@system", "late"], "10: @system comes first"],
    [[...BODY, "@user", "again"], "10: @user follows @user"],
    [["@assistant", "hello", ...BODY], "5: @assistant follows nothing"],
    [["@system", "", ...BODY], "5: the message of @system is empty"],
  ])("refuses %j", (lines, expected) => {
    expect(problem(...HEAD, ...lines)).toContain(expected);
  });

  it("holds prompts for one document to one", () => {
    const head = ["---", "name: a", "kind: relevance", "labels: yes=1, no=0", "---"];
    expect(problem(...head, "@user", "{{query}} {{document}}")).toBe("none");
    expect(problem(...head, "@user", "{{query}}")).toContain("{{document}} is missing");
    expect(problem(...head, ...BODY)).toContain("relevance prompts hold one document; leave out @each");
  });
});

describe("the built-in prompts", () => {
  it.each(builtinNames())("%s is sound, bears its name and prints as it was read", (name) => {
    const template = builtinPrompt(name);
    expect(template.name).toBe(name);
    expect(template.about).not.toBe("");
    expect(template.text).toBe(BUILTIN_PROMPTS[name]);
    expect(parsePrompt(template.text)).toEqual(template);
  });

  it("words RankGPT's turns as the paper's code does", () => {
    const documents = [{ text: "first" }, { title: "T", text: "second" }];
    const { messages } = renderPrompt(builtinPrompt("rankgpt"), { query: "q", documents });
    expect(messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      "system: You are RankGPT, an intelligent assistant that can rank passages based on their relevancy to the query.",
      "user: I will provide you with 2 passages, each indicated by number identifier [].\nRank the passages based on their relevance to query: q.",
      "assistant: Okay, please provide the passages.",
      "user: [1] first",
      "assistant: Received passage [1].",
      "user: [2] Title: T Content: second",
      "assistant: Received passage [2].",
      "user: Search Query: q.\nRank the 2 passages above based on their relevance to the search query. The passages should be listed in descending order using identifiers. The most relevant passages should be listed first. The output format should be [] > [], e.g., [1] > [2]. Only response the ranking results, do not say any word or explain.",
    ]);
  });

  it("words RankZephyr's single turn as it was trained", () => {
    const documents = [{ text: "first" }, { text: "second" }];
    const { messages } = renderPrompt(builtinPrompt("rankzephyr"), { query: "q", documents });
    expect(messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(messages[1]?.content).toBe(
      "I will provide you with 2 passages, each indicated by a numerical identifier []. Rank the passages based on their relevance to the search query: q.\n\n[1] first\n[2] second\nSearch Query: q.\nRank the 2 passages above based on their relevance to the search query. All the passages should be included and listed using identifiers, in descending order of relevance. The output format should be [] > [], e.g., [2] > [1], Answer concisely and directly and only respond with the ranking results, do not say any word or explain.",
    );
  });

  it("words setwise and pairwise prompts as the papers' code does", () => {
    const documents = [{ text: "one" }, { text: "two" }];
    expect(renderPrompt(builtinPrompt("setwise"), { query: "q", documents }).messages).toEqual([
      {
        role: "user",
        content:
          'Given a query "q", which of the following passages is the most relevant one to the query?\n\nPassage A: "one"\n\nPassage B: "two"\n\nOutput only the passage label of the most relevant passage:',
      },
    ]);
    expect(renderPrompt(builtinPrompt("prp"), { query: "q", documents }).messages[0]?.content).toBe(
      'Given a query "q", which of the following two passages is more relevant to the query?\n\nPassage A: "one"\n\nPassage B: "two"\n\nOutput Passage A or Passage B:',
    );
  });

  it("words Qwen3-Reranker's own default instruction where there is none", () => {
    const input = { query: "q", documents: [{ text: "d" }] };
    const [, user] = renderPrompt(builtinPrompt("qwen3-reranker"), input).messages;
    expect(user?.content).toBe(
      "<Instruct>: Given a web search query, retrieve relevant passages that answer the query\n<Query>: q\n<Document>: d",
    );
    const own = renderPrompt(builtinPrompt("qwen3-reranker"), { ...input, instruction: "find laws" });
    expect(own.messages[1]?.content).toBe("<Instruct>: find laws\n<Query>: q\n<Document>: d");
  });
});
