import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, RankedDocument, RerankResult } from "../../types/index.js";
import { displayWidth } from "../terminal/display-text.js";
import { styleFor } from "../terminal/style.js";
import { jsonLine } from "./format-json.js";
import { formatRanking } from "./format-ranking.js";

const plain = styleFor(process.stdin as never, { NO_COLOR: "1" });

function ranked(rank: number, index: number, score: number, document: Document, more = {}): RankedDocument {
  return { rank, index, score, scored: true, document, ...more };
}

function result(results: readonly RankedDocument[], more: Partial<RerankResult> = {}): RerankResult {
  return {
    results,
    model: "org/model@0123456789ab (float32)",
    scoreScale: "logit",
    usage: { pairs: 12, tokens: 1034, calls: 0 },
    timings: { totalMs: 41.62, stages: {} },
    warnings: [],
    ...more,
  };
}

const RESULTS = [
  ranked(1, 11, 8.43124, { text: "To reset your password, open the settings\nand follow the link." }),
  ranked(2, 1, -0.5, { title: "パスワード", text: "十二文字以上にしてください。数字も要ります。" }),
  ranked(3, 0, -11, { text: " " }),
];

describe("formatRanking", () => {
  it("aligns rank, movement, score and text within the columns", () => {
    const text = formatRanking(result(RESULTS), { columns: 56, candidates: 3, style: plain });
    expect(text).toBe(
      [
        "rank  moved     logit  document",
        "   1   12→1    8.4312  To reset your password, open the…",
        "   2    2→2   -0.5000  パスワード · 十二文字以上にして…",
        "   3    1→3  -11.0000  (empty)",
        "",
        "org/model@0123456789ab (float32) · 12 pairs · 1034 tokens · 42 ms",
        "",
      ].join("\n"),
    );
  });

  it("keeps small and unknown scores apart, and says how many of all it shows", () => {
    const results = [
      ranked(1, 0, 0.99999999, { text: "a" }),
      ranked(2, 2, 0.00001234, { text: "b" }),
      ranked(3, 9, 0.00001234, { text: "c" }, { scored: false }),
    ];
    const short = result(results, { scoreScale: "probability", timings: { totalMs: 3.14, stages: {} } });
    expect(formatRanking(short, { columns: 80, candidates: 10, style: plain })).toBe(
      [
        "rank  moved  probability  document",
        "   1    1→1   0.99999999  a",
        "   2    3→2       1.2e-5  b",
        "   3   10→3            –  c",
        "",
        "best 3 of 10 · org/model@0123456789ab (float32) · 12 pairs · 1034 tokens · 3.1 ms",
        "",
      ].join("\n"),
    );
  });

  it.each([
    [
      { calls: 2, promptTokens: 2240, completionTokens: 198, cost: 0.0024642 },
      "2 calls · 2240 prompt tokens · 198 answer tokens · cost 0.00246",
    ],
    [{ calls: 1, tokens: 7 }, "7 tokens · 1 call"],
  ])("tells what calls to a remote model took: %j", (usage, text) => {
    const remote = result(RESULTS, { model: "m", usage: { pairs: 3, tokens: 0, ...usage } });
    const lines = formatRanking(remote, { columns: 80, candidates: 3, style: plain });
    expect(lines).toContain(`\nm · 3 pairs · ${text} · 42 ms\n`);
  });

  it("colours only a terminal that wants it", () => {
    const styled = (isTTY: boolean, env = {}) =>
      formatRanking(result(RESULTS), {
        columns: 80,
        candidates: 3,
        style: styleFor({ isTTY } as never, env),
      });
    expect(styled(true)).toContain("\x1b[32m 12→1\x1b[39m");
    expect(styled(true)).toContain("\x1b[1mパスワード\x1b[22m · 十二");
    for (const text of [styled(false), styled(true, { NO_COLOR: "1" }), styled(true, { TERM: "dumb" })]) {
      expect(text).not.toContain("\x1b");
    }
  });

  it("never lets a document out of its line, whatever it holds", () => {
    const text = fc.string({ unit: "binary", maxLength: 200 });
    fc.assert(
      fc.property(text, text, fc.integer({ min: 40, max: 100 }), (title, body, columns) => {
        const one = result([ranked(1, 0, 1, { title, text: body })]);
        const lines = formatRanking(one, { columns, candidates: 1, style: plain }).split("\n");
        expect(lines).toHaveLength(5);
        expect(displayWidth(lines[1] as string)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("jsonLine", () => {
  it("writes the promised keys first and leaves out what there is not", () => {
    expect(jsonLine(ranked(1, 4, 0.93, { id: "x", text: "a\nb" }))).toBe(
      '{"rank":1,"index":4,"id":"x","score":0.93,"text":"a\\nb"}\n',
    );
    expect(jsonLine(ranked(1, 4, 0.93, { text: "" }))).toBe('{"rank":1,"index":4,"score":0.93,"text":""}\n');
  });

  it("adds title, evidence, metadata, and that a deadline left no score", () => {
    const document = { text: "t", title: "T", metadata: { source: "faq" } };
    const evidence = { window: [3, 9] as const, tokensSeen: 4, tokensTotal: 8 };
    expect(jsonLine(ranked(2, 0, -1, document, { evidence, scored: false }))).toBe(
      '{"rank":2,"index":0,"score":-1,"text":"t","title":"T","scored":false,"tokensSeen":4,"tokensTotal":8,"window":[3,9],"metadata":{"source":"faq"}}\n',
    );
  });

  it("is one line that reads back, for any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (text, score) => {
          const line = jsonLine(ranked(1, 0, score, { text }));
          expect(line.trimEnd().split("\n")).toHaveLength(1);
          expect(JSON.parse(line)).toMatchObject({ text, score: score + 0 });
        },
      ),
    );
  });
});
