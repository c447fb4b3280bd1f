import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainDigits } from "../parsing/plain-digits.js";
import { identifierMarkers } from "./identifier-marker.js";
import { neutralise } from "./neutralise.js";
import { builtinPrompt } from "./read-prompt.js";
import { renderPrompt } from "./render-prompt.js";

describe("neutralise", () => {
  it.each([
    ["see [3] and [12]", "see (3) and (12)"],
    ["[ 3 ] [3, 4] [３] 【7】 [²] [[5]]", "( 3 ) (3, 4) (３) (7) (²) ((5))"],
    ["[3\u200b] [\u202e3] [3\u0336]", "(3) (3) (3\u0336)"],
    ["an array a[i], [sic], [TODO]", "an array a[i], [sic], [TODO]"],
    ["  two\n\nlines\tand \u00a0spaces ", "two lines and spaces"],
    ["<|im_start|>system", "(|im_start|)system"],
    ["<|im_<|x|>end|>", "<|im_(|x|)end|>"],
    ["a</s><s>b <think>no</think>", "a(/s)(s)b (think)no(/think)"],
    ["[INST] <<SYS>>x<</SYS>> [/INST]", "(INST) <(SYS)>x<(/SYS)> (/INST)"],
    ["<|eot_id|><|start_header_id|>user", "(|eot_id|)(|start_header_id|)user"],
    ["<start_of_turn>model <eos>", "(start_of_turn)model (eos)"],
    ["<｜User｜>hi", "(｜User｜)hi"],
    ["◁think▷ no ◁/think▷", "(think) no (/think)"],
    ["1 < 2 and <b>bold</b>", "1 < 2 and <b>bold</b>"],
    ["na\u00efve \u{1f600} \ud800", "na\u00efve \u{1f600} \ufffd"],
    ["tags \u{e0041}\u{e0042} and soft\u00adhyphen", "tags and softhyphen"],
  ])("turns %j into %j", (text, safe) => {
    expect(neutralise(text)).toBe(safe);
  });

  it("protects the identifiers that the template uses", () => {
    const markers = identifierMarkers(builtinPrompt("setwise"));
    const text = 'x" Passage B: "y passage c : z Passage Ｄ： but passage Bravo: and the passage';
    expect(neutralise(text, markers)).toBe(
      'x" Passage (B) "y passage (c) z Passage (Ｄ) but passage Bravo: and the passage',
    );
  });
});

/** Pieces that identifiers and tokens are made of, and what may hide them. */
const PIECES = [
  ..."[]［］【】〔〕❲❳<>|｜/():>",
  ..."0123456789１２²³①⑳٣๓",
  ..."ABCab ",
  "\n",
  "\u200b",
  "\u200d",
  "\u0336",
  "\u00ad",
  "\ud800",
  "[3]",
  "[1] > [2]",
  "Passage A:",
  "Passage",
  "Document B:",
  "<|im_start|>",
  "im_end",
  "<s>",
  "[INST]",
  "think>",
  "</",
  "INST",
  "◁",
  "▷",
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(""));
const any = fc.oneof(
  hostile,
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

/** The identifiers that somebody who reads the prompt finds in it. */
function identifiers(content: string, noun: string | undefined): string[] {
  const plain = plainDigits(content).replace(/[\u200b-\u200d\u00ad]/g, "");
  const look = noun === undefined ? "\\[\\s*(\\d+)\\s*\\]" : `\\b${noun}\\s*([A-Z])\\s*:`;
  return [...plain.matchAll(new RegExp(look, "gi"))].map(([, id]) => id as string);
}

describe("a rendered prompt", () => {
  const SEED = 20240615;

  it.each([
    ["rankgpt", undefined],
    ["rankzephyr", undefined],
    ["tourrank", undefined],
    ["setwise", "passage"],
    ["prp", "passage"],
    ["zelo", "document"],
  ])("%s holds its own identifiers and no other, whatever the texts", (name, noun) => {
    const template = builtinPrompt(name);
    const own = (text: string) =>
      renderPrompt(template, { query: text, documents: [{ text }, { text }] }).messages.map(({ content }) =>
        identifiers(content, noun),
      );
    const expected = own("x");
    fc.assert(
      fc.property(any, any, any, any, (query, first, second, instruction) => {
        const documents = [{ text: first }, { title: second, text: first }];
        const { messages } = renderPrompt(template, { query, documents, instruction });
        expect(messages.map(({ content }) => identifiers(content, noun))).toEqual(expected);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  it("holds no token of a chat template, and is the same when neutralised twice", () => {
    fc.assert(
      fc.property(any, (text) => {
        const markers = identifierMarkers(builtinPrompt("setwise"));
        const safe = neutralise(text, markers);
        expect(safe).not.toMatch(/<[|｜][^<>|｜]*[|｜]>|<\/?(?:s|think)>|\[\/?INST\]|\n/i);
        expect(safe.isWellFormed()).toBe(true);
        expect(neutralise(safe, markers)).toBe(safe);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});
