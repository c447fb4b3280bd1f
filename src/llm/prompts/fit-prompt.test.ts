import { describe, expect, it } from "vitest";
import { fitPrompt } from "./fit-prompt.js";
import { builtinPrompt } from "./read-prompt.js";

const template = builtinPrompt("rankgpt");
const long = (words: number) => ({
  text: Array.from({ length: words }, (_, i) => `word${i % 10}`).join(" "),
});
const documents = [long(500), long(100), long(3)];

describe("fitPrompt", () => {
  it("cuts documents to the template's words, and says which", () => {
    const { cut, words, queryCut, messages } = fitPrompt(template, { query: "q", documents });
    expect({ cut, words, queryCut }).toEqual({ cut: [0], words: 300, queryCut: false });
    expect(messages[3]?.content.split(" ")).toHaveLength(301);
  });

  it("shows as many words as fit the context", () => {
    const fitted = fitPrompt(template, { query: "q", documents }, { contextTokens: 700, answerTokens: 50 });
    expect(fitted.tokens).toBeLessThanOrEqual(650);
    expect(fitted.words).toBeGreaterThan(20);
    const more = fitPrompt(template, { query: "q", documents }, { words: fitted.words + 1 });
    expect(more.tokens).toBeGreaterThan(650);
  });

  it("counts tokens as it is told", () => {
    const countTokens = (text: string) => text.length;
    const fitted = fitPrompt(template, { query: "q", documents }, { contextTokens: 3000, countTokens });
    const characters = fitted.messages.reduce((sum, { content }) => sum + content.length, 0);
    expect(fitted.tokens).toBe(characters + 8 * fitted.messages.length);
    expect(fitted.tokens).toBeLessThanOrEqual(3000);
  });

  it("cuts a query that would fill the context", () => {
    const query = long(2000).text;
    const { queryCut, tokens, messages } = fitPrompt(template, { query, documents }, { contextTokens: 4000 });
    expect(queryCut).toBe(true);
    expect(tokens).toBeLessThan(4000);
    expect(messages.at(-1)?.content).toContain("word0 word1");
  });

  it("refuses what cannot fit, and says what would", () => {
    expect(() => fitPrompt(template, { query: "q", documents }, { contextTokens: 200 })).toThrow(
      expect.objectContaining({
        code: "CONTEXT_EXCEEDED",
        message: expect.stringMatching(
          /3 documents of 8 words takes about \d+ tokens, and the model has room for 144; ask about fewer/,
        ),
      }),
    );
  });
});
