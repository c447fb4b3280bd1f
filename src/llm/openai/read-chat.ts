import { z } from "zod";
import type { ChatAnswer, FinishReason } from "../chat-model.js";
import { badResponse } from "../http/request-json.js";
import { readLogprobs } from "./read-logprobs.js";
import { readUsage } from "./read-usage.js";

/** Mistral's reasoning models answer in parts. */
const part = z.object({ type: z.string(), text: z.string().nullish().catch(undefined) });

const answer = z.object({
  model: z.string().min(1).nullish().catch(undefined),
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.union([z.string(), z.array(part)]).nullish(),
          refusal: z.string().nullish().catch(undefined),
        }),
        finish_reason: z.string().nullish().catch(undefined),
        logprobs: z.unknown().optional(),
      }),
    )
    .min(1),
  usage: z.unknown().optional(),
});

const FINISH = new Map<string, FinishReason>([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["length", "length"],
  ["model_length", "length"],
  ["max_tokens", "length"],
  ["content_filter", "content_filter"],
  ["safety", "content_filter"],
]);

/** @throws RemoteFailure REMOTE_BAD_RESPONSE */
export function readChat(
  json: unknown,
  host: string,
): Pick<ChatAnswer, "text" | "finish" | "refusal" | "logprobs" | "usage"> & { model: string | undefined } {
  const { success, data, error } = answer.safeParse(json);
  if (!success) {
    const field = error.issues[0]?.path.join(".") || "the answer";
    throw badResponse(host, `with what is no chat completion (${field} is missing or of the wrong kind)`, {
      field,
    });
  }
  const { message, finish_reason, logprobs } = data.choices[0]!;
  const { content, refusal } = message;
  const parts = typeof content === "string" ? [content] : (content ?? []).map(textOf);
  const tokens = readLogprobs(logprobs);
  const usage = readUsage(data.usage);
  return {
    text: parts.join(""),
    finish: FINISH.get(finish_reason?.toLowerCase() ?? "") ?? "other",
    ...(refusal && { refusal }),
    ...(tokens && { logprobs: tokens }),
    ...(usage && { usage }),
    model: data.model ?? undefined,
  };
}

function textOf({ type, text }: z.infer<typeof part>): string {
  return type === "text" || type === "output_text" ? (text ?? "") : "";
}

const errorIn = z.object({
  error: z.union([z.string(), z.object({ code: z.unknown().optional(), status: z.unknown().optional() })]),
});

const failed = z.object({ choices: z.array(errorIn).min(1) });

/** Some servers send errors with status 200: the status that they mean, or undefined for an answer. */
export function statusInChat(json: unknown): number | undefined {
  const whole = errorIn.safeParse(json);
  const found = whole.success ? whole.data : failed.safeParse(json).data?.choices[0];
  if (found === undefined) return undefined;
  const codes = typeof found.error === "string" ? [] : [found.error.code, found.error.status];
  return codes.map(Number).find((code) => code >= 400 && code <= 599) ?? 500;
}
