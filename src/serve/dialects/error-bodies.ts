import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Refusal } from "./dialect.js";
import { messageOf } from "./errors.js";

/** `{ detail }`, as servers built with FastAPI say it, among them Jina's, Voyage's and rag_api. */
export const detailError = z.object({ detail: z.string() });

export function refuseWithDetail(error: RankwrightError, status: number): Refusal {
  return { status, body: { detail: messageOf(error) } satisfies z.infer<typeof detailError> };
}

const errorObject = z.object({
  message: z.string(),
  type: z.string().nullable(),
  param: z.string().nullable(),
  code: z.int(),
});

/** `{ error: { message, type, param, code } }`, as OpenAI and servers like it. */
export const openAiError = z.object({ error: errorObject });

export function refuseLikeOpenAi(error: RankwrightError, status: number): Refusal {
  return { status, body: { error: objectOf(error, status) } satisfies z.infer<typeof openAiError> };
}

/** For clients of several servers at once: whichever of `message`, `detail` and `error` they read is there. */
export const supersetError = z.object({ message: z.string(), detail: z.string(), error: errorObject });

export function refuseAllWays(error: RankwrightError, status: number): Refusal {
  const message = messageOf(error);
  const body = { message, detail: message, error: objectOf(error, status) };
  return { status, body: body satisfies z.infer<typeof supersetError> };
}

const TYPES: Readonly<Record<number, string>> = {
  400: "BadRequestError",
  401: "AuthenticationError",
  404: "NotFoundError",
  408: "RequestTimeoutError",
  413: "RequestTooLargeError",
  429: "RateLimitError",
  499: "ClientClosedRequestError",
  503: "ServiceUnavailableError",
  504: "DeadlineExceededError",
};

function objectOf(error: RankwrightError, status: number): z.infer<typeof errorObject> {
  const type = TYPES[status] ?? "InternalServerError";
  return { message: messageOf(error), type, param: error.field ?? null, code: status };
}
