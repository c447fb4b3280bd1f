import {
  type Attributes,
  context,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TextMapGetter,
  trace,
} from "@opentelemetry/api";
import { RankwrightError } from "../../types/index.js";
import type { RecordedAnswer } from "../answer/run-record.js";
import type { ServeRequest } from "../dialects/dialect.js";

const headerGetter: TextMapGetter<Headers> = {
  get: (headers, key) => headers.get(key) ?? undefined,
  keys: (headers) => [...headers.keys()],
};

export interface SpanOptions {
  /** Headers that may carry the caller's trace. */
  readonly headers: Headers;
  readonly dialect: string;
  /** The served name of the model. */
  readonly model: string;
  /** Whether query, documents and scores are written into the span. */
  readonly content: boolean;
}

/**
 * Runs `work` inside a span, in the words of both the GenAI conventions and OpenInference. Without an
 * OpenTelemetry SDK in the process this costs next to nothing and writes nothing.
 */
export function inSpan(
  request: ServeRequest,
  { headers, dialect, model, content }: SpanOptions,
  work: () => Promise<RecordedAnswer>,
): Promise<RecordedAnswer> {
  const parent = propagation.extract(context.active(), headers, headerGetter);
  const attributes: Attributes = {
    "gen_ai.operation.name": "rerank",
    "gen_ai.provider.name": "rankwright",
    "gen_ai.request.model": model,
    "gen_ai.rerank.candidate.count": request.documents.length,
    "openinference.span.kind": "RERANKER",
    "reranker.model_name": model,
    "rankwright.dialect": dialect,
    ...(request.topN !== undefined && {
      "gen_ai.rerank.top_n": request.topN,
      "reranker.top_k": request.topN,
    }),
    ...(content && { "reranker.query": request.query, ...texts("input", request.documents) }),
  };
  const tracer = trace.getTracer("rankwright");
  return tracer.startActiveSpan(
    `rerank ${model}`,
    { kind: SpanKind.SERVER, attributes },
    parent,
    async (span) => {
      try {
        const answer = await work();
        span.setAttributes({
          "gen_ai.response.model": answer.record.reranker,
          "gen_ai.usage.input_tokens": answer.usage.tokens,
          ...(content && {
            "gen_ai.rerank.scores": answer.results.map(({ score }) => score),
            ...texts(
              "output",
              answer.results.map(({ document, score }) => ({ ...document, score })),
            ),
          }),
        });
        return answer;
      } catch (error) {
        const code = RankwrightError.isInstance(error) ? error.code : "INTERNAL";
        span.setAttribute("error.type", code);
        span.setStatus({ code: SpanStatusCode.ERROR, message: code });
        throw error;
      } finally {
        span.end();
      }
    },
  );
}

/** OpenInference writes lists as numbered attributes. */
function texts(
  side: "input" | "output",
  documents: readonly {
    readonly id?: string | undefined;
    readonly text: string;
    readonly score?: number | undefined;
  }[],
): Attributes {
  const attributes: Attributes = {};
  for (const [index, { id, text, score }] of documents.entries()) {
    const at = `reranker.${side}_documents.${index}.document`;
    attributes[`${at}.content`] = text;
    if (id !== undefined) attributes[`${at}.id`] = id;
    if (score !== undefined) attributes[`${at}.score`] = score;
  }
  return attributes;
}
