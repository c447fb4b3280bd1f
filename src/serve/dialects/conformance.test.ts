import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cannedAnswer } from "../testing/canned-answer.js";
import type { Body } from "./dialect.js";
import { Dispatcher } from "./dispatch.js";
import { refusalOf } from "./errors.js";
import { toJson } from "./json.js";

interface Golden {
  readonly client: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly requests?: readonly object[];
  readonly scores: readonly (readonly number[])[];
  readonly answer: unknown;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly refused?: { readonly status: number; readonly body: object };
}

const folder = join(import.meta.dirname, "../../../goldens/wire");
const goldens = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".json"))
  .sort()
  .map((file) => {
    const golden: Golden = JSON.parse(readFileSync(join(folder, file), "utf8"));
    return { file, dialect: file.split(/[\\/]/)[0] as string, ...golden };
  });

const dispatcher = new Dispatcher();

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function arrive({ path, headers, body }: Golden) {
  expect(dispatcher.answers(path)).toBe(true);
  const { dialect, arrival } = dispatcher.choose(path, headers, body);
  return { dialect, understand: () => dialect.understand(body, arrival) };
}

describe("requests as their clients send them", () => {
  it.each(goldens.filter((golden) => golden.requests))("$file: $client", (golden) => {
    const { dialect, understand } = arrive(golden);
    expect(dialect.name).toBe(golden.dialect);
    expect(dialect.schemas.request.safeParse(golden.body)).toMatchObject({ success: true });

    const { requests, render, headers } = understand();
    expect(JSON.parse(JSON.stringify(requests))).toEqual(golden.requests);

    const answers = requests.map((request, index) => cannedAnswer(request, golden.scores[index] ?? []));
    const text = toJson(render(answers));
    const answer = JSON.parse(text);
    expect(answer).toEqual(golden.answer);
    expect(dialect.schemas.answer.safeParse(answer)).toMatchObject({ success: true });
    expect(text).not.toMatch(/"(?:relevance_score|score|logit)":-?\d+[,}]/);
    expect(text).not.toMatch(/"index":\d+\./);
    if (golden.answerHeaders) expect(headers?.(answers)).toEqual(golden.answerHeaders);
  });

  it.each(goldens.filter((golden) => golden.refused))("$file is refused: $client", (golden) => {
    const { dialect, understand } = arrive(golden);
    expect(dialect.name).toBe(golden.dialect);
    let thrown: unknown;
    try {
      understand();
    } catch (error) {
      thrown = error;
    }
    const { status, body } = refusalOf(dialect, thrown);
    expect({ status, body: JSON.parse(toJson(body)) }).toEqual(golden.refused);
    expect(dialect.schemas.error.safeParse(body)).toMatchObject({ success: true });
  });

  it("has requests of every dialect, understood and refused", () => {
    const names = dispatcher.dialects.map(({ name }) => name).sort();
    const of = (kind: "requests" | "refused") =>
      [...new Set(goldens.filter((golden) => golden[kind]).map(({ dialect }) => dialect))].sort();
    expect(of("requests")).toEqual(names);
    expect(of("refused")).toEqual(names);
  });
});
