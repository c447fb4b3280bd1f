import { RankwrightError, show } from "../types/index.js";
import type { ChatAnswer, ChatModel, ChatOptions, ChatRequest } from "./chat-model.js";
import { checkNumber, type EndpointOptions, openEndpoint } from "./http/endpoint.js";
import { RemoteFailure } from "./http/remote-failure.js";
import { requestJson } from "./http/request-json.js";
import { cutAtStop, refusedAnswer, roughTokens } from "./openai/answers.js";
import { chatBody, checkChatRequest } from "./openai/chat-body.js";
import { adapt, type Quirks, STANDARD } from "./openai/quirks.js";
import { readChat, statusInChat } from "./openai/read-chat.js";
import { readUsage } from "./openai/read-usage.js";
import { chatService } from "./openai/vendors.js";

export interface OpenAiChatOptions extends EndpointOptions {
  /** As the server calls it. */
  readonly model: string;
  /** Most tokens of prompt and answer together. */
  readonly contextTokens?: number | undefined;
  /** Further fields of the body, such as `{ reasoning_effort: "low" }`; they win over ours. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A chat model behind an OpenAI-compatible server: OpenAI, vLLM, llama.cpp, Ollama, LM Studio and most vendors.
 * A field that a server or model refuses and that can be done without is left out or said in another way, once,
 * and not tried again: `max_tokens`, `temperature`, `seed`, `stop`, the system role, `logprobs` and
 * `response_format`. A prompt that a filter refuses is an answer with `finish: "content_filter"`.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function openAiChat(options: OpenAiChatOptions): ChatModel {
  const { model, contextTokens, extraBody, env = process.env } = options;
  if (typeof model !== "string" || model === "") refuse("model", model, "pass the name of a model");
  if (contextTokens !== undefined) checkNumber("contextTokens", contextTokens, 1);
  if (extraBody?.stream) refuse("extraBody.stream", extraBody.stream, "leave it out: answers come whole");
  const service = chatService(options.baseUrl, env);
  const endpoint = openEndpoint({ ...options, baseUrl: service.baseUrl }, service);
  const { place, clock } = endpoint;
  let quirks: Quirks = STANDARD;

  async function chat(request: ChatRequest, { signal, deadline }: ChatOptions = {}): Promise<ChatAnswer> {
    checkChatRequest(request);
    const started = clock.now();
    const counts = { attempts: 0, unaccounted: 0 };
    const count = (of: { readonly attempts: number; readonly unaccounted: number }) => {
      counts.attempts += of.attempts;
      counts.unaccounted += of.unaccounted;
    };
    let learned: Partial<Quirks> = {};
    for (;;) {
      const used = { ...quirks, ...learned };
      const body = chatBody(model, request, used, extraBody);
      try {
        const told = await requestJson(endpoint, {
          ...{ body, signal, deadline, statusIn: statusInChat },
          tokens: roughTokens(request),
          usedTokens: tokensUsed,
        });
        count(told);
        // Remembered once it helped: a complaint may have meant something else.
        quirks = { ...quirks, ...learned };
        const answer = readChat(told.json, place.host);
        return {
          ...cutAtStop(answer, request.stop),
          model: answer.model ?? model,
          latencyMs: clock.now() - started,
          ...counts,
        };
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error;
        count(error);
        if (error.code === "CONTENT_REFUSED") {
          return refusedAnswer(error, counts, model, clock.now() - started);
        }
        const change = adapt(used, body, error);
        if (change === undefined) throw Object.assign(error, counts);
        learned = { ...learned, ...change };
      }
    }
  }

  return { id: model, contextTokens, chat };
}

function refuse(field: string, value: unknown, mend: string): never {
  throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
}

function tokensUsed(json: unknown): number | undefined {
  const usage =
    typeof json === "object" && json !== null && "usage" in json ? readUsage(json.usage) : undefined;
  return usage && usage.promptTokens + usage.completionTokens;
}
