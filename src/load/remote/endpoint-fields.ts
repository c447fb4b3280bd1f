import { z } from "zod";
import type { EndpointOptions } from "../../llm/index.js";
import { number, text, whole } from "../fields.js";

/** Where a remote model is, and how it is asked. */
export interface EndpointSpec
  extends Pick<
    EndpointOptions,
    | "baseUrl"
    | "apiKey"
    | "headers"
    | "timeoutMs"
    | "retries"
    | "concurrency"
    | "requestsPerMinute"
    | "tokensPerMinute"
  > {
  /** The environment variable that holds the key, so that no file needs to. Default: the vendor's. */
  readonly apiKeyEnv?: string | undefined;
  /** Further fields of each request's body, which win over ours. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

const positive = (value: number) => value > 0;

export const endpointFields = {
  baseUrl: text("an address such as http://localhost:8000/v1").optional(),
  apiKey: z
    .union([z.string().min(1), z.literal(false)], { error: "give a key, or false for none, or leave it out" })
    .optional(),
  apiKeyEnv: text("the name of an environment variable")
    .regex(/^[A-Za-z_]\w*$/, { error: "give the name of an environment variable, not a key" })
    .optional(),
  headers: z.record(z.string(), z.string(), { error: "give an object of texts, or leave it out" }).optional(),
  timeoutMs: number("milliseconds above 0", positive),
  retries: whole(0),
  concurrency: whole(1),
  requestsPerMinute: number("a number above 0", positive),
  tokensPerMinute: number("a number above 0", positive),
  extraBody: z
    .record(z.string(), z.unknown(), { error: "give an object of further fields, or leave it out" })
    .optional(),
};
