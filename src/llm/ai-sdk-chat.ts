import { RankwrightError, show } from "../types/index.js";
import { callFailure } from "./ai-sdk/call-failure.js";
import type { AiSdkCall, AiSdkLanguageModel, AiSdkProviderOptions } from "./ai-sdk/language-model.js";
import { readResult } from "./ai-sdk/read-result.js";
import type { ChatAnswer, ChatModel, ChatOptions, ChatRequest } from "./chat-model.js";
import { withAttempts } from "./http/attempts.js";
import { checkNumber, type EndpointOptions, openEndpoint } from "./http/endpoint.js";
import { RemoteFailure } from "./http/remote-failure.js";
import { cutAtStop, refusedAnswer, roughTokens } from "./openai/answers.js";
import { checkChatRequest } from "./openai/chat-body.js";

export interface AiSdkChatOptions
  extends Pick<
    EndpointOptions,
    "timeoutMs" | "retries" | "concurrency" | "requestsPerMinute" | "tokensPerMinute" | "headers" | "clock"
  > {
  /** Most tokens of prompt and answer together. */
  readonly contextTokens?: number | undefined;
  readonly providerOptions?: AiSdkProviderOptions | undefined;
}

/**
 * A language model of the Vercel AI SDK as a chat model: `aiSdkChat(openai("gpt-4o-mini"))`. Timeouts, retries,
 * limits and errors are those of `openAiChat`; the SDK's own retries are not used. Log probabilities come from
 * providers that read `providerOptions.<provider>.logprobs`, as OpenAI's does.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function aiSdkChat(languageModel: AiSdkLanguageModel, options: AiSdkChatOptions = {}): ChatModel {
  const { modelId, provider } = checkModel(languageModel);
  const { contextTokens, headers } = options;
  if (contextTokens !== undefined) checkNumber("contextTokens", contextTokens, 1);
  // An endpoint for its limits and checks; the provider knows the true address.
  const endpoint = openEndpoint(
    { ...options, apiKey: false, baseUrl: "http://ai-sdk" },
    {
      version: "",
      path: `/${encodeURIComponent(provider)}/${encodeURIComponent(modelId)}`,
      keyVariables: [],
    },
  );
  const host = `${provider}/${modelId}`;
  const place = { ...endpoint.place, host, address: host, keyMend: "give the provider a key" };
  const { clock } = endpoint;

  async function chat(request: ChatRequest, { signal, deadline }: ChatOptions = {}): Promise<ChatAnswer> {
    checkChatRequest(request);
    const started = clock.now();
    const call = callOf(request, provider, options);
    const attempt = async (abortSignal: AbortSignal) => {
      try {
        return readResult(await languageModel.doGenerate({ ...call, abortSignal }), host);
      } catch (error) {
        throw callFailure(error, place);
      }
    };
    try {
      const { value, attempts, unaccounted } = await withAttempts(
        { ...endpoint, host, address: place.address, redact: place.redact },
        attempt,
        {
          ...{ signal, deadline, tokens: roughTokens(request) },
          usedTokens: ({ usage }) => usage && usage.promptTokens + usage.completionTokens,
        },
      );
      const latencyMs = clock.now() - started;
      const model = value.model ?? modelId;
      return { ...cutAtStop(value, request.stop), model, latencyMs, attempts, unaccounted };
    } catch (error) {
      if (error instanceof RemoteFailure && error.code === "CONTENT_REFUSED") {
        return refusedAnswer(error, error, modelId, clock.now() - started);
      }
      throw error;
    }
  }

  function callOf(request: ChatRequest, provider: string, { providerOptions }: AiSdkChatOptions): AiSdkCall {
    const { temperature = 0, maxTokens, seed, stop, topLogprobs, schema } = request;
    return {
      prompt: request.messages.map(({ role, content }) => {
        const text = content.toWellFormed();
        return role === "system" ? { role, content: text } : { role, content: [{ type: "text", text }] };
      }),
      temperature,
      ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
      ...(seed !== undefined && { seed }),
      ...(stop?.length && { stopSequences: [...stop] }),
      ...(schema && { responseFormat: { type: "json", name: schema.name, schema: { ...schema.schema } } }),
      ...(headers && { headers: { ...headers } }),
      providerOptions: withLogprobs(providerOptions, provider, topLogprobs),
    };
  }

  return { id: modelId, contextTokens, chat };
}

/** Names the wish to each provider that might grant it; the others do not look. */
function withLogprobs(
  given: AiSdkProviderOptions = {},
  provider: string,
  topLogprobs: number | undefined,
): AiSdkProviderOptions {
  const options = { ...given };
  if (topLogprobs === undefined) return options;
  for (const name of new Set(["openai", provider.split(".")[0] ?? provider])) {
    options[name] = { logprobs: topLogprobs === 0 ? true : topLogprobs, ...options[name] };
  }
  return options;
}

function checkModel(model: AiSdkLanguageModel): AiSdkLanguageModel {
  const known =
    typeof model === "object" && typeof model?.doGenerate === "function" && typeof model.modelId === "string";
  if (known && /^v[23]$/.test(model.specificationVersion)) return model;
  const version = known ? model.specificationVersion : model;
  const message = `model is ${show(version)}; pass a language model of the AI SDK, specification v2 or v3, such as openai("gpt-4o-mini").`;
  throw new RankwrightError("INVALID_OPTION", message, { field: "model" });
}
