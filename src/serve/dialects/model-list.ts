/** A model by the names under which requests reach it. */
export interface ServedName {
  readonly name: string;
  /** Milliseconds since 1970 at which it became available; the start of the server where nothing better is known. */
  readonly since: number;
  /** Longest sequence in tokens, where known. */
  readonly maxTokens?: number | undefined;
  /** The name that an alias stands for. */
  readonly aliasOf?: string | undefined;
}

/** The body of `GET /v1/models` as OpenAI's clients and vLLM's know it. */
export function modelList(models: readonly ServedName[]): object {
  return {
    object: "list",
    data: models.map(({ name, since, maxTokens, aliasOf }) => ({
      id: name,
      object: "model",
      created: Math.floor(since / 1000),
      owned_by: "rankwright",
      ...(aliasOf === undefined ? {} : { root: aliasOf }),
      ...(maxTokens === undefined || !Number.isFinite(maxTokens) ? {} : { max_model_len: maxTokens }),
    })),
  };
}
