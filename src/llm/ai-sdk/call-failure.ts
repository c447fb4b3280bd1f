import { z } from "zod";
import type { ErrorCode } from "../../types/index.js";
import { redactedCause } from "../http/redact.js";
import { type Place, refusalFailure } from "../http/refusal.js";
import { RemoteFailure } from "../http/remote-failure.js";
import { badResponse } from "../http/request-json.js";

/** The SDK's error of a call over HTTP, as far as it is needed. */
const apiCallError = z.object({
  statusCode: z.number(),
  responseHeaders: z.record(z.string(), z.string()).optional().catch(undefined),
  responseBody: z.string().optional().catch(undefined),
});

const NAMES = new Map<string, readonly [ErrorCode, string]>([
  ["AI_LoadAPIKeyError", ["REMOTE_UNAUTHORIZED", "give the provider a key"]],
  ["AI_NoSuchModelError", ["REMOTE_NOT_FOUND", "check the model's name"]],
  ["AI_UnsupportedFunctionalityError", ["REMOTE_REJECTED", "the model cannot do what is asked"]],
  ["AI_InvalidPromptError", ["REMOTE_REJECTED", "the model cannot do what is asked"]],
  ["AI_JSONParseError", ["REMOTE_BAD_RESPONSE", "check the provider's base URL"]],
  ["AI_TypeValidationError", ["REMOTE_BAD_RESPONSE", "check the provider's base URL"]],
]);

/** What an error of `doGenerate` means; one that the SDK does not name is handed back. Prompts are not kept. */
export function callFailure(thrown: unknown, place: Place): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { data } = apiCallError.safeParse(thrown);
  if (data !== undefined && data.statusCode >= 300) {
    return refusalFailure(
      {
        status: data.statusCode,
        headers: new Headers(data.responseHeaders),
        body: data.responseBody || JSON.stringify({ message: thrown.message }),
      },
      place,
    );
  }
  const message = place.redact(thrown.message);
  if (data !== undefined) return badResponse(place.host, `with what its provider cannot read (${message})`);
  const known = NAMES.get(thrown.name);
  if (known === undefined) return thrown;
  const [code, mend] = known;
  const cause = redactedCause(thrown, place.redact);
  return new RemoteFailure(code, `${place.host}: ${message}; ${mend}`, {
    said: message,
    cause,
    mayBeBilled: code === "REMOTE_BAD_RESPONSE",
  });
}
