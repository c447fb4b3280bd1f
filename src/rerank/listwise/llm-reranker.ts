import { checkPromptOptions, type PromptOptions, PromptSession } from "../../llm/calls/index.js";
import type { ChatModel } from "../../llm/chat-model.js";
import { builtinPrompt, type PromptKind, type PromptTemplate } from "../../llm/prompts/index.js";
import {
  type Document,
  RankwrightError,
  type Reranker,
  type RerankRequest,
  type RerankResult,
  show,
} from "../../types/index.js";
import { askUntilStopped } from "../ask-until-stopped.js";
import { capsNotApplied } from "../caps-not-applied.js";
import { type DistinctDocuments, distinctDocuments } from "../distinct-documents.js";
import { type Limits, resolveLimits } from "../limits.js";
import { mapWarnings } from "../map-documents.js";
import { OpenCalls } from "../open-calls.js";
import { validateRequest } from "../validate-request.js";
import type { RankingMethod, RankingRun } from "./ranking-run.js";

/** What every reranker that asks a chat model takes. */
export interface LlmRerankerOptions extends PromptOptions {
  /** Name of a built-in prompt, or a template from `readPrompt` or `parsePrompt`. */
  readonly prompt?: string | PromptTemplate | undefined;
  /** What one request may hold at most; what is left out comes from `LIMITS`. */
  readonly limits?: Partial<Limits> | undefined;
}

/** What tells one method from another. */
export interface LlmMethod {
  readonly name: string;
  readonly template: PromptTemplate;
  /** What an answer of no use leaves as it was. */
  readonly kept: string;
  readonly rank: RankingMethod;
}

/**
 * A reranker around a ranking method. Candidates that read the same are shown once, and one alone needs no call. A score
 * is 1 / rank, equal for candidates that read the same: it orders and means nothing else.
 */
export function llmReranker(model: ChatModel, options: LlmRerankerOptions, method: LlmMethod): Reranker {
  const limits = resolveLimits(options.limits);
  checkPromptOptions(options);
  const { name, template, kept } = method;
  const id = `${model.id} (${name}, ${template.name})`;
  const calls = new OpenCalls(id);

  async function rerank(request: RerankRequest): Promise<RerankResult> {
    const started = performance.now();
    calls.checkOpen();
    const valid = validateRequest(request, limits);
    const { query, documents, topN, instruction, signal, deadlineMs, onProgress } = valid;
    const groups = distinctDocuments(documents);
    const deadline = deadlineMs === undefined ? undefined : started + deadlineMs;
    const session = new PromptSession({
      model,
      template,
      documents: groups.distinct,
      options,
      instruction,
      signal,
      deadline,
    });
    let planned = 0;
    let answered = 0;
    const run: RankingRun = {
      template,
      count: groups.distinct.length,
      topN,
      order: groups.distinct.map((_, position) => position),
      plan(answers) {
        planned = answers;
      },
      async ask(question) {
        const answer = await session.ask({ ...question, query });
        answered++;
        onProgress?.(answered, Math.max(planned, answered));
        return answer;
      },
      note: (answerClass, used) => session.note(answerClass, used),
    };
    const ask = async () => (run.count < 2 ? undefined : method.rank(run));
    const stop = await askUntilStopped(calls, session, ask, signal);
    const asked = performance.now();
    const read = stop === undefined ? undefined : session.receipt.read;
    const results = resultsOf(documents, groups, run.order, read).slice(0, topN);
    const warnings = session.receipt.warnings({ code: "window_kept", effect: kept }, stop);
    const ended = performance.now();
    return {
      results,
      model: session.answeredBy === undefined ? id : `${session.answeredBy} (${name}, ${template.name})`,
      scoreScale: "rank",
      usage: { pairs: session.receipt.read.size, tokens: 0, ...session.usage },
      timings: { totalMs: ended - started, stages: { ask: asked - started, order: ended - asked } },
      warnings: [...mapWarnings(warnings, groups.candidates), ...capsNotApplied(id, valid)],
    };
  }

  return {
    id,
    scoreScale: "rank",
    rerank,
    close: () => calls.close(async () => undefined),
  };
}

/** @param read positions that a model read; undefined where the ranking is complete */
function resultsOf(
  documents: readonly Document[],
  { candidates }: DistinctDocuments,
  order: readonly number[],
  read: ReadonlySet<number> | undefined,
): RerankResult["results"] {
  let rank = 0;
  return order.flatMap((position) => {
    const score = 1 / (rank + 1);
    const scored = read?.has(position) ?? true;
    return candidates[position]!.map((index) => {
      rank++;
      return { index, rank, score, scored, document: documents[index]! };
    });
  });
}

/** The template that options name, of one of the kinds that the method can use. @throws RankwrightError INVALID_PROMPT */
export function templateFor(
  prompt: string | PromptTemplate,
  kinds: readonly PromptKind[],
  method: string,
): PromptTemplate {
  const template = typeof prompt === "string" ? builtinPrompt(prompt) : prompt;
  if (kinds.includes(template?.kind)) return template;
  throw new RankwrightError(
    "INVALID_PROMPT",
    `The prompt ${show(template?.name)} is of kind ${show(template?.kind)}; ${method} needs one of kind ${kinds.join(" or ")}.`,
    { field: "prompt", value: template?.name },
  );
}
