import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { cannedAnswer } from "../testing/canned-answer.js";
import type { Body } from "./dialect.js";
import { Dispatcher } from "./dispatch.js";
import { REFUSAL_STATUSES, refusalOf } from "./errors.js";
import { toJson } from "./json.js";

const dispatchers = [new Dispatcher(), new Dispatcher({ strict: true, topNZero: "none", echo: "string" })];
const paths = [
  ...new Set(
    dispatchers[0]!.dialects.flatMap(({ name, prefix = name, paths }) => [
      ...paths,
      ...paths.map((path) => `/${prefix}${path}`),
    ]),
  ),
  "/",
  "/nowhere",
];

const text = fc.string({ unit: "binary", maxLength: 12 });
const odd = fc.constantFrom(
  "",
  " ",
  "\ud800",
  "a\u0000b",
  "__proto__",
  "left",
  "END",
  "fast",
  -1,
  0,
  1,
  1e300,
  0.5,
  null,
  true,
);
const document = fc.oneof(
  text,
  fc.record({ text, title: text, id: text }, { requiredKeys: [] }),
  fc.tuple(text, text),
  fc.jsonValue(),
);
const value = fc.oneof(
  text,
  odd,
  fc.array(text, { maxLength: 4 }),
  fc.array(document, { maxLength: 4 }),
  fc.jsonValue(),
);
const NAMES =
  "model query documents texts input inputs passages candidates profile property top_n top_k rank_fields return_documents return_text raw_scores truncation truncate truncation_direction truncation_side parameters priority max_tokens_per_doc truncate_prompt_tokens use_activation normalize queries items text_1 text_2 data_1 data_2 latency __proto__ constructor toString".split(
    " ",
  );
const parts = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { maxLength: 5 });
/** Often enough a request that can be meant. */
const body = fc
  .tuple(
    parts,
    fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0),
    fc.array(text, { minLength: 1, maxLength: 4 }),
  )
  .map(([entries, meant, documents]): Body => {
    // Through JSON, so that `__proto__` becomes a key as it does on the wire.
    const meaning = meant
      ? [
          ["query", "q"],
          ["documents", documents],
          ["texts", documents],
        ].slice(0, 2 + (documents.length % 2))
      : [];
    const members = [...entries, ...meaning].map(
      ([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`,
    );
    return JSON.parse(`{${members.join(",")}}`);
  });
const headers = fc.constantFrom({}, { "api-key": "k" }, { "user-agent": "voyageai/0.4.0" });

describe("any body on any path", () => {
  it("is understood, or refused with a documented status in the dialect's own words", () => {
    let understoodCount = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...dispatchers),
        fc.constantFrom(...paths),
        headers,
        body,
        (dispatcher, path, head, sent) => {
          const { dialect, arrival } = dispatcher.choose(path, head, sent);
          const { request, answer, error } = dialect.schemas;
          let understood: ReturnType<typeof dialect.understand>;
          try {
            understood = dialect.understand(sent, arrival);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(RankwrightError);
            const { status, body } = refusalOf(dialect, thrown);
            expect(REFUSAL_STATUSES).toContain(status);
            expect(status).toBeLessThan(500);
            expect(error.safeParse(JSON.parse(toJson(body)))).toMatchObject({ success: true });
            return;
          }
          understoodCount++;
          expect(request.safeParse(sent)).toMatchObject({ success: true });
          const { requests, render, headers } = understood;
          for (const one of requests) {
            expect(one.query.trim()).not.toBe("");
            expect(one.documents.length).toBeGreaterThan(0);
            expect(one.topN ?? 1).toBeGreaterThan(0);
            for (const { text } of one.documents) expect(text).toBeTypeOf("string");
          }
          const answers = requests.map((one) => cannedAnswer(one, [...one.documents.keys()]));
          expect(answer.safeParse(JSON.parse(toJson(render(answers))))).toMatchObject({ success: true });
          for (const value of Object.values(headers?.(answers) ?? {}))
            expect(value).toMatch(/^[\x21-\x7e]+$/);
        },
      ),
      { numRuns: 3000 },
    );
    expect(understoodCount).toBeGreaterThan(200);
    expect(({} as { text?: unknown }).text).toBeUndefined();
  });
});
