import { z } from "zod";
import type { Dialect } from "../dialects/dialect.js";
import { REFUSAL_STATUSES } from "../dialects/errors.js";
import { READ_ROUTES, type ReadRoute } from "./read-routes.js";

export interface OpenApiFacts {
  /** Every dialect of the server. */
  readonly dialects: readonly Dialect[];
  /** Of this package. */
  readonly version: string;
}

/**
 * The OpenAPI 3.1 document of a server with these dialects. A path that several of them share names all of them;
 * below its prefix a dialect stands alone.
 */
export function buildOpenApi({ dialects, version }: OpenApiFacts): object {
  const paths: Record<string, object> = {};
  for (const [path, route] of Object.entries(READ_ROUTES)) paths[path] = { get: readOperation(route) };
  const byBody = dialects.filter((dialect) => dialect.recognises);
  for (const path of new Set(byBody.flatMap((dialect) => dialect.paths))) {
    const able = byBody.filter((dialect) => dialect.paths.includes(path));
    paths[path] = { ...paths[path], post: rankOperation(path, able) };
  }
  for (const dialect of dialects) {
    for (const inner of dialect.paths) {
      const path = `/${dialect.prefix ?? dialect.name}${inner === "/" ? "" : inner}`;
      paths[path] = { post: rankOperation(path, [dialect]) };
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "rankwright",
      version,
      description:
        "A re-ranking server that answers the clients of many others. On paths that they share, the body says whose client is asking; below /<dialect>/ the path does.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    // The empty one: a server without keys asks for none.
    security: [{ bearer: [] }, { apiKey: [] }, {}],
    paths,
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "api-key" },
      },
      responses: {
        Refused: refusal(byBody),
        ...Object.fromEntries(dialects.map((one) => [`${pascal(one.name)}Refused`, refusal([one])])),
      },
      schemas: Object.fromEntries(dialects.flatMap(schemasOf)),
    },
  };
}

function readOperation({ summary, contentType, statuses, open }: ReadRoute): object {
  const responses = statuses.map((status) => {
    const content = contentType === null || status === 401 ? {} : { content: { [contentType]: {} } };
    return [status, { description: STATUS_WORDS[status], ...content }];
  });
  return { summary, ...(open ? { security: [] } : {}), responses: Object.fromEntries(responses) };
}

const STATUS_WORDS: Readonly<Record<number, string>> = {
  200: "Yes",
  204: "Yes",
  401: "The key is missing or wrong",
  503: "Not now",
};

function rankOperation(path: string, dialects: readonly Dialect[]): object {
  const names = dialects.map(({ name }) => name);
  const refused = names.length === 1 ? `${pascal(names[0] as string)}Refused` : "Refused";
  return {
    operationId: `rank${pascal(path)}`,
    summary: `Rank documents in the words of ${names.join(", ")}`,
    requestBody: { required: true, content: contentOf(dialects, "Request") },
    responses: {
      200: { description: "The ranking", content: contentOf(dialects, "Answer") },
      default: { $ref: `#/components/responses/${refused}` },
    },
  };
}

function contentOf(dialects: readonly Dialect[], part: "Request" | "Answer" | "Error"): object {
  const references = dialects.map(({ name }) => ({ $ref: `#/components/schemas/${pascal(name)}${part}` }));
  const schema = references.length === 1 ? references[0] : { anyOf: references };
  return { "application/json": { schema } };
}

function refusal(dialects: readonly Dialect[]): object {
  return {
    description: `Refused, with one of ${REFUSAL_STATUSES.join(", ")}`,
    headers: {
      "Retry-After": {
        description: "Seconds after which to try again, with 429 and 503",
        schema: { type: "integer", minimum: 1 },
      },
    },
    content: contentOf(dialects, "Error"),
  };
}

function schemasOf({ name, schemas }: Dialect): [string, object][] {
  return [
    [`${pascal(name)}Request`, jsonSchema(schemas.request)],
    [`${pascal(name)}Answer`, jsonSchema(schemas.answer)],
    [`${pascal(name)}Error`, jsonSchema(schemas.error)],
  ];
}

function jsonSchema(schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    // As input, objects may hold more than is named, which is so for both sides: unknown fields are ignored.
    io: "input",
    override({ jsonSchema }) {
      // Bounds of what a double counts exactly: true of any whole number in JSON, and of no interest.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return rest;
}

/** `vllm-score` as `VllmScore`, `/v1/rerank` as `V1Rerank`. */
function pascal(name: string): string {
  return name.replace(/(?:^|[^a-zA-Z0-9]+)([a-zA-Z0-9]?)/g, (_, letter: string) => letter.toUpperCase());
}
