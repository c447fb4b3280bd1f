import fc from "fast-check";
import type { EvaluationReport, ReportedSystem } from "../evaluation-report.js";

const HOSTILE = [
  "<script>alert(1)</script>",
  "\"><img src=x onerror='alert(1)'>",
  "</title></style><svg/onload=alert(1)>",
  "a & b &amp; &lt;",
  "--> <!-- ]]>",
  "\u0000\u0008\u001b[31m\uffff\ud800",
  "\u202Egnirts",
  "عربي 漢字 🦊",
  "",
  "/",
  "org/model",
  "x".repeat(3000),
  "__proto__",
  "constructor",
];

/** Any text but the words whose absence from the page is tested. */
const text = fc
  .oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.string({ maxLength: 30 }),
  )
  .filter((value) => !/NaN|undefined|Infinity/.test(value));

/** Numbers as careless callers have them. */
const number = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, 5e-324, 1e308, 1e12, 999_999_999_999),
);

const numbers = fc.array(number, { maxLength: 8 });
const count = fc.oneof(fc.nat({ max: 5000 }), number);
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Any report the types allow: references to nothing, lists of unequal lengths, hostile text, broken numbers. */
export const anyReport: fc.Arbitrary<EvaluationReport> = fc
  .record({
    names: fc.array(text, { maxLength: 4 }),
    measures: fc.array(fc.oneof(text, fc.constant("nDCG@10")), { maxLength: 3 }),
    queries: fc.array(text, { maxLength: 12 }),
  })
  .chain(({ names, measures, queries }) => {
    const name =
      names.length > 0 ? fc.oneof(fc.constantFrom(...names), fc.constantFrom(...names), text) : text;
    const measure = measures.length > 0 ? fc.constantFrom(...measures) : text;
    const values = fc.oneof(
      fc.array(number, { minLength: queries.length, maxLength: queries.length }),
      fc.double({ min: 0, max: 1, noNaN: true }).map((value) => queries.map(() => value)),
      numbers,
    );
    const byMeasure = <T>(value: fc.Arbitrary<T>) =>
      fc
        .tuple(...measures.map(() => value))
        .map((list) => Object.fromEntries(measures.map((key, i) => [key, list[i] as T])));
    const system = (label: string): fc.Arbitrary<ReportedSystem> =>
      fc.record({
        name: fc.constant(label),
        kind: fc.constantFrom("first stage", "random", "model", "model"),
        model: some(text),
        means: byMeasure(number),
        perQuery: fc.record({ queries: fc.constant(queries), values: byMeasure(values) }),
        latency: some(fc.record({ p50: number, p95: number, mean: number })),
        pairsPerQuery: some(number),
        tokensPerQuery: some(number),
        truncatedShare: some(number),
      });
    return fc.record({
      title: text,
      created: text,
      measures: fc.constant(measures),
      collection: fc.record({ name: text, documents: count, queries: count, judged: count, grades: text }),
      settings: fc.array(fc.record({ name: text, value: text }), { maxLength: 3 }),
      systems: fc.tuple(...names.map(system)),
      comparisons: fc.array(
        fc.record({
          system: name,
          baseline: name,
          measure,
          difference: number,
          low: number,
          high: number,
          p: number,
          pHolm: number,
          wins: count,
          ties: count,
          losses: count,
        }),
        { maxLength: 5 },
      ),
      depthCurves: some(
        fc.array(fc.record({ system: name, depths: numbers, values: numbers }), { maxLength: 3 }),
      ),
      ceiling: some(fc.record({ depths: numbers, recall: numbers, bestPossible: numbers })),
      reliability: some(
        fc.array(
          fc.record({
            system: name,
            bins: fc.array(
              fc.record({ predicted: number, observed: number, low: number, high: number, count }),
              {
                maxLength: 5,
              },
            ),
            ece: number,
            brier: number,
          }),
          { maxLength: 2 },
        ),
      ),
      scores: some(
        fc.array(
          fc.record({
            system: name,
            relevant: fc.array(count, { minLength: 2, maxLength: 3 }),
            other: fc.array(count, { minLength: 2, maxLength: 3 }),
            edges: fc.oneof(
              numbers,
              numbers.map((list) => [...list].sort((a, b) => a - b)),
              fc.constant([0, 0.5, 1]),
            ),
          }),
          { maxLength: 2 },
        ),
      ),
      warnings: fc.array(text, { maxLength: 3 }),
      findings: some(
        fc.array(
          fc.record({
            check: text,
            verdict: fc.constantFrom("ok", "notice", "problem", "unknown"),
            figure: text,
            text,
            advice: some(text),
          }),
          { maxLength: 3 },
        ),
      ),
      queryTexts: some(fc.dictionary(text, text, { maxKeys: 5 })),
    });
  });
