/** The body of `GET /meta`, which Weaviate reads when it starts and shows among its modules. */
export function weaviateMeta(facts: {
  /** As the checkpoint is called. */
  readonly modelId: string;
  /** Kind of model, e.g. `bert`, where known. */
  readonly architecture?: string | undefined;
}): object {
  return { _name_or_path: facts.modelId, model_type: facts.architecture ?? null };
}
