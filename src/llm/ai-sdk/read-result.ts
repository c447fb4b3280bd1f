import { z } from "zod";
import type { ChatAnswer, ChatUsage, FinishReason } from "../chat-model.js";
import { badResponse } from "../http/request-json.js";
import { readLogprobs } from "../openai/read-logprobs.js";

const FINISH = new Map<string, FinishReason>([
  ["stop", "stop"],
  ["length", "length"],
  ["content-filter", "content_filter"],
]);

const result = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional().catch(undefined) })),
  finishReason: z
    .union([z.string(), z.object({ unified: z.string() }).transform(({ unified }) => unified)])
    .optional()
    .catch(undefined),
  usage: z.unknown().optional(),
  response: z
    .object({ modelId: z.string().min(1).optional() })
    .optional()
    .catch(undefined),
  providerMetadata: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const count = z.int().nonnegative();

const usage = z.union([
  z
    .object({
      inputTokens: z.object({ total: count, cacheRead: count.optional().catch(undefined) }),
      outputTokens: z.object({ total: count }),
    })
    .transform(({ inputTokens, outputTokens }) =>
      usageOf(inputTokens.total, outputTokens.total, inputTokens.cacheRead),
    ),
  z
    .object({
      inputTokens: count,
      outputTokens: count,
      totalTokens: count.optional().catch(undefined),
      cachedInputTokens: count.optional().catch(undefined),
    })
    // Some leave the tokens of a model's reasoning, which are billed, out of all but the total.
    .transform(({ inputTokens, outputTokens, totalTokens = 0, cachedInputTokens }) =>
      usageOf(inputTokens, Math.max(outputTokens, totalTokens - inputTokens), cachedInputTokens),
    ),
]);

function usageOf(promptTokens: number, completionTokens: number, cached: number | undefined): ChatUsage {
  const cachedTokens = cached === undefined ? undefined : Math.min(cached, promptTokens);
  return { promptTokens, completionTokens, ...(cachedTokens !== undefined && { cachedTokens }) };
}

/** @throws RemoteFailure REMOTE_BAD_RESPONSE */
export function readResult(
  told: unknown,
  host: string,
): Pick<ChatAnswer, "text" | "finish" | "logprobs" | "usage"> & { readonly model: string | undefined } {
  const { success, data } = result.safeParse(told);
  if (!success) {
    throw badResponse(host, "with what is no result of doGenerate; its package and this one do not fit");
  }
  const { content, finishReason = "", response, providerMetadata = {} } = data;
  const counted = usage.safeParse(data.usage).data;
  const logprobs = logprobsIn(providerMetadata);
  return {
    text: content.map(({ type, text = "" }) => (type === "text" ? text : "")).join(""),
    finish: FINISH.get(finishReason) ?? "other",
    ...(counted && { usage: counted }),
    ...(logprobs && { logprobs }),
    model: response?.modelId,
  };
}

/** OpenAI's provider hands them on as they came: a list of tokens, or one such list for each part of the answer. */
function logprobsIn(metadata: Readonly<Record<string, unknown>>): ReturnType<typeof readLogprobs> {
  for (const own of Object.values(metadata)) {
    const found = typeof own === "object" && own !== null && "logprobs" in own ? own.logprobs : undefined;
    const logprobs = Array.isArray(found) ? readLogprobs({ content: found.flat() }) : undefined;
    if (logprobs?.length) return logprobs;
  }
  return undefined;
}
