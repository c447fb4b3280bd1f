import { RankwrightError, show } from "../../types/index.js";
import type { ChatMessage, ChatRequest } from "../chat-model.js";
import type { Quirks } from "./quirks.js";

/** The body of a chat completion. Lone surrogates, which no server can read, become U+FFFD. */
export function chatBody(
  model: string,
  request: ChatRequest,
  quirks: Quirks,
  extraBody: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { messages, temperature = 0, maxTokens, seed, stop, topLogprobs, schema } = request;
  return {
    model,
    messages: (quirks.systemRole ? messages : withoutSystem(messages)).map(({ role, content }) => ({
      role,
      content: content.toWellFormed(),
    })),
    ...(quirks.temperature && { temperature }),
    ...(maxTokens !== undefined && { [quirks.answerLimit]: maxTokens }),
    ...(quirks.seed && seed !== undefined && { seed }),
    ...(quirks.stop && stop?.length && { stop }),
    ...(topLogprobs !== undefined &&
      quirks.topLogprobs >= 0 && { logprobs: true, top_logprobs: Math.min(topLogprobs, quirks.topLogprobs) }),
    ...(schema !== undefined &&
      quirks.format !== "text" && { response_format: format(schema, quirks.format) }),
    ...extraBody,
  };
}

function format(
  { name, schema }: NonNullable<ChatRequest["schema"]>,
  type: Exclude<Quirks["format"], "text">,
): object {
  return type === "json_object" ? { type } : { type, json_schema: { name, schema, strict: true } };
}

/** System messages as the beginning of the next message of the user. */
function withoutSystem(messages: readonly ChatMessage[]): ChatMessage[] {
  const merged: ChatMessage[] = [];
  let before = "";
  for (const { role, content } of messages) {
    if (role === "system") before += `${content}\n\n`;
    else if (role === "user" && before !== "") {
      merged.push({ role, content: before + content });
      before = "";
    } else merged.push({ role, content });
  }
  return before === "" ? merged : [...merged, { role: "user", content: before.trimEnd() }];
}

/** Holds callers to `ChatRequest`. @throws RankwrightError INVALID_OPTION */
export function checkChatRequest(request: ChatRequest): void {
  const { messages, temperature, maxTokens, seed, stop, topLogprobs, schema } = request;
  const check = (field: string, value: unknown, fits: boolean, mend: string) => {
    if (value === undefined || fits) return;
    throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
  };
  const isMessage = ({ role, content }: ChatMessage) =>
    ["system", "user", "assistant"].includes(role) && typeof content === "string";
  const fit = Array.isArray(messages) && messages.length > 0 && messages.every(isMessage);
  check("messages", messages ?? null, fit, "pass at least one { role, content }");
  check(
    "temperature",
    temperature,
    Number.isFinite(temperature) && temperature! >= 0,
    "pass a number from 0",
  );
  check("maxTokens", maxTokens, Number.isInteger(maxTokens) && maxTokens! > 0, "pass a whole number from 1");
  check("seed", seed, Number.isSafeInteger(seed), "pass a whole number");
  const texts = Array.isArray(stop) && stop.every((each) => typeof each === "string" && each !== "");
  check("stop", stop, texts, "pass a list of texts");
  const most = Number.isInteger(topLogprobs) && topLogprobs! >= 0 && topLogprobs! <= 20;
  check("topLogprobs", topLogprobs, most, "pass a whole number from 0 to 20");
  const named = typeof schema?.schema === "object" && /^[\w-]{1,64}$/.test(schema.name);
  check("schema", schema, named, "pass { name, schema }, the name of letters, digits, _ and -");
}
