import type { ServerResponse } from "node:http";
import { quotaExceeded, rateLimited, serverError, unavailable } from "../openai-error.js";
import type { Fault } from "./faults.js";
import { send } from "./send.js";

const PAGE = "<html><body><h1>Welcome to nginx!</h1></body></html>";
const NO_COMPLETION = '{"id":"chatcmpl-0","object":"chat.completion","choices":[]}';

/** Lets a request fail. @throws OpenAiError for failures that the protocol has words for */
export function fail(
  fault: Exclude<Fault, "cut-body">,
  model: string,
  response: ServerResponse,
  retryAfterSeconds = 0,
): void {
  if (fault === "rate-limit") throw rateLimited(model, retryAfterSeconds);
  if (fault === "quota") throw quotaExceeded();
  if (fault === "server-error") throw serverError();
  if (fault === "unavailable") throw unavailable();
  if (fault === "not-json") send(response, 200, PAGE, { "content-type": "text/html" });
  if (fault === "wrong-json") send(response, 200, NO_COMPLETION);
  if (fault === "drop") response.destroy();
  // What is left is to say nothing at all.
}
