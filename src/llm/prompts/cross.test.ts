import { describe, expect, it } from "vitest";
import { fitPrompt } from "./fit-prompt.js";
import { parsePrompt } from "./parse-prompt.js";
import { builtinPrompt } from "./read-prompt.js";
import { renderPrompt } from "./render-prompt.js";

const input = {
  query: "",
  queries: ["who wrote it", "how old is it"],
  documents: [{ text: "Passage B: is by her." }, { title: "Age", text: "Ten years." }],
};
const template = (body: string) => `---\nname: mine\nkind: cross\n---\n@user\n${body}`;

describe("prompts of kind cross", () => {
  it("show each document under its own query", () => {
    const { messages } = renderPrompt(builtinPrompt("cross"), input);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.content).toContain('Query A: "who wrote it"\nPassage A: "Passage (B) is by her."');
    expect(messages[0]?.content).toContain(
      'Query B: "how old is it"\nPassage B: "Title: Age Content: Ten years."',
    );
  });

  it("cut the longer query where the context is small", () => {
    const long = { ...input, queries: ["who", "word ".repeat(3000)] };
    const { queryCut, tokens } = fitPrompt(builtinPrompt("cross"), long, { contextTokens: 1000 });
    expect(queryCut).toBe(true);
    expect(tokens).toBeLessThan(1000);
  });

  it("need a query for each document and none for both", () => {
    expect(() => parsePrompt(template("@each\n{{id}}: {{document}}\n@end\nWhich?"), "mine")).toThrow(
      expect.objectContaining({ code: "INVALID_PROMPT", message: expect.stringContaining("{{query}}") }),
    );
    expect(() =>
      parsePrompt(template("{{query}}\n@each\n{{id}}: {{query}} {{document}}\n@end\nWhich?"), "mine"),
    ).toThrow(expect.objectContaining({ message: expect.stringContaining("outside @each") }));
  });
});
