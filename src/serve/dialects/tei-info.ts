/** What the server knows about the model that a request without a model's name reaches. */
export interface TeiFacts {
  /** As the checkpoint is called. */
  readonly modelId: string;
  /** Revision, where the model came from a hub. */
  readonly modelSha?: string | undefined;
  /** As this server calls it. */
  readonly servedName: string;
  /** Precision of the weights, e.g. `float32` or `int8`. */
  readonly dtype: string;
  /** Longest sequence in tokens, query and special tokens included. */
  readonly maxInputTokens: number;
  /** Tokens of a batch at most. */
  readonly maxBatchTokens: number;
  /** Requests under way at most. */
  readonly maxConcurrentRequests: number;
  /** Documents of a request at most. */
  readonly maxDocuments: number;
  /** Threads that tokenise. */
  readonly tokenizationWorkers: number;
  /** Of this package. */
  readonly version: string;
}

/** The body of `GET /info` as Text Embeddings Inference has it; Dify and others read limits and kind of model there. */
export function teiInfo(facts: TeiFacts): object {
  return {
    model_id: facts.modelId,
    model_sha: facts.modelSha ?? null,
    model_dtype: facts.dtype,
    served_model_name: facts.servedName,
    model_type: { reranker: { id2label: { "0": "LABEL_0" }, label2id: { LABEL_0: 0 } } },
    max_concurrent_requests: facts.maxConcurrentRequests,
    max_input_length: facts.maxInputTokens,
    max_batch_tokens: facts.maxBatchTokens,
    max_batch_requests: null,
    max_client_batch_size: facts.maxDocuments,
    auto_truncate: true,
    tokenization_workers: facts.tokenizationWorkers,
    version: facts.version,
    sha: null,
    docker_label: null,
  };
}
