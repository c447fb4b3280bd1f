import { afterEach, describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../../files/testing/temporary-folder.js";
import type { ChatModel } from "../../../llm/chat-model.js";
import {
  type JudgmentJournal,
  loadJudgments,
  openJudgmentJournal,
  readJournal,
} from "../../../llm/journal/index.js";
import { Ledger, metered } from "../../../llm/ledger/index.js";
import { simulatedChatModel } from "../../../testing/index.js";
import { RankwrightError } from "../../../types/index.js";
import { type LlmJudge, llmJudge } from "../llm-judge.js";
import { hiddenDocuments } from "../testing/panel.js";
import { estimateJudging } from "./estimate-judging.js";
import { type JudgePairsOptions, judgePairs } from "./judge-pairs.js";
import type { QueryDocuments } from "./pair-question.js";
import { planPairs } from "./plan-pairs.js";

const folder = new TemporaryFolder();
let files = 0;
let open: JudgmentJournal[] = [];
afterEach(async () => {
  await Promise.all(open.map((journal) => journal.close()));
  open = [];
});
const newPath = () => `${folder.path}/${++files}.jsonl`;
async function journalAt(path: string): Promise<JudgmentJournal> {
  const journal = await openJudgmentJournal(path);
  open.push(journal);
  return journal;
}

const { documents, truth } = hiddenDocuments(10);
const queries: QueryDocuments[] = ["q1", "q2"].map((id) => ({
  id,
  text: `the best text for ${id}`,
  documents: documents.map((text, i) => ({ id: `d${i}`, text })),
}));
const questions = planPairs(queries, { degree: 4, crossPairs: 1 });
/** 2 queries of 10 documents with 2 cycles, and a cycle through the queries. */
const PAIRS = 2 * 20 + 2;

/** A model that counts its calls and how many are under way. */
function counted(model: ChatModel, wait = 0) {
  const counts = { calls: 0, underWay: 0, most: 0 };
  const chat: ChatModel["chat"] = async (...args) => {
    counts.calls++;
    counts.most = Math.max(counts.most, ++counts.underWay);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    try {
      return await model.chat(...args);
    } finally {
      counts.underWay--;
    }
  };
  return { counts, model: { ...model, chat } };
}

async function judge(path: string, judges: readonly LlmJudge[], more: Partial<JudgePairsOptions> = {}) {
  const journal = await journalAt(path);
  try {
    return await judgePairs({ questions, judges, journal, ...more });
  } finally {
    open = open.filter((one) => one !== journal);
    await journal.close();
  }
}
const lines = async (path: string) => {
  const all = [];
  for await (const entry of readJournal(path)) all.push(entry);
  return all;
};

describe("judgePairs", () => {
  it("asks every judge about every pair in both orders, and nothing a second time", async () => {
    const path = newPath();
    const [one, other] = [
      counted(simulatedChatModel({ truth })),
      counted(simulatedChatModel({ truth, model: "other" })),
    ];
    const judges = [llmJudge(one.model), llmJudge(other.model, { prompt: "zelo" })];
    const seen: number[] = [];
    const outcome = await judge(path, judges, { onProgress: ({ done }) => seen.push(done) });
    const total = 2 * 2 * PAIRS;
    expect(outcome).toEqual({
      total,
      done: total,
      known: 0,
      failed: 0,
      failures: {},
      stopped: undefined,
      out: [],
    });
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    expect([one.counts.calls, other.counts.calls]).toEqual([2 * PAIRS, 2 * PAIRS]);
    expect(one.counts.most).toBeLessThanOrEqual(8);
    const judgments = await lines(path);
    const keys = judgments.map(
      (line) => "hash" in line && JSON.stringify([line.judge, line.query, line.documents, line.order]),
    );
    expect(new Set(keys).size).toBe(total);
    expect(judgments).toContainEqual(
      expect.objectContaining({
        ...{ judge: "judge", model: "judge", order: "ba", answer: expect.stringMatching(/^Passage [AB]$/) },
        ...{
          preference: expect.any(Number),
          source: "logprobs",
          promptTokens: expect.any(Number),
          latencyMs: 0,
        },
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      }),
    );
    expect(judgments).toContainEqual(expect.objectContaining({ query: ["q1", "q2"] }));

    expect(await judge(path, judges)).toMatchObject({ done: total, known: total });
    expect(one.counts.calls).toBe(2 * PAIRS);
    expect(await lines(path)).toHaveLength(total);
  });

  it("keeps p(a ≻ b), whichever document was shown first", async () => {
    const path = newPath();
    await judge(path, [llmJudge(simulatedChatModel({ truth, judge: { noise: 0, logprobs: false } }))]);
    for (const line of await lines(path)) {
      if (!("hash" in line)) continue;
      const [a, b] = line.documents.map((id) => truth.get(documents[Number(id.slice(1))]!)!);
      expect(line.preference).toBe(a! > b! ? 1 : 0);
    }
  });

  it("goes on where an abort ended it, and waits for what is under way", async () => {
    const path = newPath();
    const slow = counted(simulatedChatModel({ truth }), 5);
    const controller = new AbortController();
    const judges = [llmJudge(slow.model)];
    const onProgress = ({ done }: { done: number }) => done === 20 && controller.abort("enough");
    await expect(
      judge(path, judges, { signal: controller.signal, onProgress, concurrency: 4 }),
    ).rejects.toMatchObject({
      code: "ABORTED",
      cause: "enough",
    });
    const before = (await lines(path)).length;
    expect(before).toBe(slow.counts.calls);
    expect(before).toBeLessThan(30);
    expect(await judge(path, judges)).toMatchObject({ known: before, done: 2 * PAIRS });
    expect(slow.counts.calls).toBe(2 * PAIRS);
  });

  it("stops before the budget is spent, and says so", async () => {
    const path = newPath();
    const { counts, model } = counted(simulatedChatModel({ truth }));
    const ledger = new Ledger({ budget: { calls: 31 } });
    const outcome = await judge(path, [llmJudge(metered(model, { ledger, stage: "judge" }))]);
    expect(outcome.stopped).toBe("budget");
    expect(counts.calls).toBe(31);
    expect(await lines(path)).toHaveLength(31);
  });

  it("writes down answers of no use, and does not ask for them again", async () => {
    const path = newPath();
    const { counts, model } = counted(simulatedChatModel({ truth, judge: { malformed: { refusal: 0.3 } } }));
    const outcome = await judge(path, [llmJudge(model)]);
    expect(outcome.failed).toBe(0);
    const refused = (await lines(path)).filter((line) => "failure" in line && line.failure === "refused");
    expect(refused.length).toBeGreaterThan(10);
    expect(refused[0]).toMatchObject({ preference: null, answer: expect.stringMatching(/sorry/) });
    await judge(path, [llmJudge(model)]);
    expect(counts.calls).toBe(2 * PAIRS);
  });

  it("leaves failed calls for the next time, and gives a judge up that only fails", async () => {
    const path = newPath();
    let down = true;
    const good = counted(simulatedChatModel({ truth }));
    const shaky: ChatModel = {
      id: "shaky",
      chat: async (...args) => {
        if (down) throw new RankwrightError("REMOTE_UNAVAILABLE", "down");
        return good.model.chat(...args);
      },
    };
    const judges = [llmJudge(good.model), llmJudge(shaky)];
    const outcome = await judge(path, judges, { concurrency: 2 });
    expect(outcome).toMatchObject({ stopped: "outage", out: [{ judge: "shaky" }] });
    expect(outcome.failed).toBeLessThan(15);
    expect(outcome.failures).toEqual({ REMOTE_UNAVAILABLE: outcome.failed });
    expect(await lines(path)).toHaveLength(2 * PAIRS);
    down = false;
    expect(await judge(path, judges)).toMatchObject({ known: 2 * PAIRS, done: 4 * PAIRS, failed: 0 });
  });

  it("ends with an error that no further question can mend", async () => {
    const broken: ChatModel = {
      id: "broken",
      chat: async () => {
        throw new RankwrightError("REMOTE_UNAUTHORIZED", "no key");
      },
    };
    const { counts, model } = counted(simulatedChatModel({ truth }), 2);
    await expect(judge(newPath(), [llmJudge(model), llmJudge(broken)])).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
    });
    expect(counts.underWay).toBe(0);
    expect(counts.calls).toBeLessThan(20);
  });

  it("asks the same prompt once, whatever its documents are called", async () => {
    const path = newPath();
    const { counts, model } = counted(simulatedChatModel({ truth }), 3);
    const same = ["p1", "p2", "p3"].map((id) => ({ ...queries[0]!, id }));
    const plan = same.flatMap(pairOf);
    const outcome = await judge(path, [llmJudge(model)], { questions: plan });
    expect(outcome).toMatchObject({ total: 6, done: 6, known: 4 });
    expect(counts.calls).toBe(2);
    const judgments = await lines(path);
    expect(judgments).toHaveLength(6);
    expect(judgments.filter((line) => "copied" in line)).toHaveLength(4);
  });

  it("refuses a journal of other texts", async () => {
    const path = newPath();
    await judge(path, [llmJudge(simulatedChatModel({ truth }))], { questions: questions.slice(0, 3) });
    await expect(
      judge(path, [llmJudge(simulatedChatModel({ truth }), { documentWords: 8, instruction: "Be brief." })]),
    ).rejects.toMatchObject({
      code: "INVALID_JOURNAL",
    });
  });
});

/** One pair of a query, as any plan may have it. */
function pairOf(query: QueryDocuments) {
  const [a, b] = query.documents.slice(0, 2).map((document) => ({ query, document }));
  return [{ a: a!, b: b! }];
}

describe("estimateJudging", () => {
  const price = { input: 1, output: 4 };

  it("counts calls, tokens and money without a call, and leaves out what is known", async () => {
    const { counts, model } = counted(simulatedChatModel({ truth }));
    const judges = [llmJudge(model), llmJudge(model, { id: "scores", prompt: "zelo" })];
    const before = await estimateJudging({ questions, judges, priceOf: () => price });
    expect(before).toMatchObject([
      { judge: "judge", calls: 2 * PAIRS, known: 0, basis: "guess", mostCompletionTokens: 2 * PAIRS * 4096 },
      { judge: "scores", calls: 2 * PAIRS },
    ]);
    expect(counts.calls).toBe(0);
    const [labels, scores] = before;
    expect(labels?.cost).toBeCloseTo((labels!.promptTokens + 4 * labels!.completionTokens) / 1e6, 12);
    expect(labels?.mostCost).toBeCloseTo((labels!.promptTokens + 4 * 2 * PAIRS * 4096) / 1e6, 12);
    expect(scores!.completionTokens).toBeGreaterThan(10 * labels!.completionTokens);

    const path = newPath();
    const half = questions.slice(0, PAIRS / 2);
    await judge(path, judges.slice(0, 1), { questions: half });
    const journal = await loadJudgments(path);
    const [after] = await estimateJudging({ questions, judges, journal, priceOf: () => undefined });
    expect(after).toMatchObject({
      calls: PAIRS,
      known: PAIRS,
      basis: "journal",
      completionTokens: 2 * PAIRS,
    });
    expect(after).not.toHaveProperty("cost");
  });

  it("comes near what judging then takes", async () => {
    const path = newPath();
    const judges = [llmJudge(simulatedChatModel({ truth }))];
    const [estimate] = await estimateJudging({ questions, judges, priceOf: () => price });
    await judge(path, judges);
    const { totals } = await loadJudgments(path);
    const { promptTokens = 0, completionTokens = 0 } = totals.all();
    expect(estimate!.promptTokens / promptTokens).toBeGreaterThan(0.8);
    expect(estimate!.promptTokens / promptTokens).toBeLessThan(1.6);
    expect(estimate!.completionTokens / completionTokens).toBeLessThan(3);
  });

  it("counts questions that fit no context, and stops when told", async () => {
    const model = { ...simulatedChatModel({ truth }), contextTokens: 60 };
    const [estimate] = await estimateJudging({ questions, judges: [llmJudge(model)], priceOf: () => price });
    expect(estimate).toMatchObject({ calls: 0, tooLong: 2 * PAIRS, cost: 0 });
    const signal = AbortSignal.abort();
    await expect(
      estimateJudging({ questions, judges: [llmJudge(model)], priceOf: () => price, signal }),
    ).rejects.toMatchObject({ code: "ABORTED" });
  });
});
