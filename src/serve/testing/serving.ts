import type { ServerOptions } from "../options.js";
import { createServer } from "../server.js";
import { type FakeOptions, fakeModel } from "./fake-model.js";

/** What tests look at in answers, whichever of it is there. */
export interface Told {
  readonly model: string;
  readonly results: unknown;
  readonly warnings: unknown;
  readonly timings: { readonly queueMs: number };
  readonly message: string;
  readonly error: { readonly message: string; readonly param: string };
  readonly data: readonly { readonly id: string }[];
  readonly note: string;
}

/** The native path. */
export const NATIVE = "/rankwright/rerank";

/** A server with a model that scores by the numbers in texts. */
export function serving(options: Partial<ServerOptions> = {}, fake: FakeOptions = {}) {
  const model = fakeModel(fake);
  const server = createServer({ models: [model.served], ...options });
  const json = async (request: Request) => {
    const response = await server.fetch(request);
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Told };
  };
  return { server, json, seen: model.seen };
}
