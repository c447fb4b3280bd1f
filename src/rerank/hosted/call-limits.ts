import type { ChatOptions } from "../../llm/chat-model.js";
import type { Endpoint } from "../../llm/http/endpoint.js";
import { requestJson } from "../../llm/http/request-json.js";
import type { HostedOptions } from "./hosted.js";
import type { Provider } from "./provider.js";

/** Milliseconds to wait for a server to tell its limits. */
const PATIENCE_MS = 5000;

/** How many documents go into one call: the caller's word, the server's own where it tells, else the provider's. */
export class CallLimits {
  readonly #provider: Provider;
  readonly #endpoint: Endpoint;
  readonly #options: HostedOptions;
  #told: number | undefined;

  constructor(provider: Provider, endpoint: Endpoint, options: HostedOptions) {
    this.#provider = provider;
    this.#endpoint = endpoint;
    this.#options = options;
  }

  async documentsPerCall({ signal, deadline }: ChatOptions): Promise<number> {
    const { documentsPerCall, model } = this.#options;
    this.#told ??= documentsPerCall ?? (await this.#ask({ signal, deadline }));
    return this.#told ?? this.#provider.traits.documentsPerCall(model);
  }

  /** Undefined where the server does not tell; it is asked again by the next request. */
  async #ask(options: ChatOptions): Promise<number | undefined> {
    const { limits, traits } = this.#provider;
    if (limits === undefined) return undefined;
    const endpoint = {
      ...this.#endpoint,
      retries: 0,
      timeoutMs: Math.min(PATIENCE_MS, this.#endpoint.timeoutMs),
    };
    const url = new URL(endpoint.url);
    url.pathname = url.pathname.slice(0, -traits.service.path.length) + limits.path;
    try {
      return limits.read((await requestJson(endpoint, { ...options, url })).json);
    } catch {
      // Whatever is wrong, the call itself will tell.
      return undefined;
    }
  }
}
