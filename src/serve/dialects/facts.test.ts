import { expect, it } from "vitest";
import { modelList } from "./model-list.js";
import { teiInfo } from "./tei-info.js";
import { weaviateMeta } from "./weaviate-meta.js";

it("tells of itself what Dify reads in /info", () => {
  const info = teiInfo({
    modelId: "cross-encoder/ms-marco-MiniLM-L6-v2",
    modelSha: "c5ee",
    servedName: "minilm",
    dtype: "float32",
    maxInputTokens: 512,
    maxBatchTokens: 16_384,
    maxConcurrentRequests: 512,
    maxDocuments: 10_000,
    tokenizationWorkers: 1,
    version: "1.2.3",
  });
  expect(info).toMatchObject({
    model_id: "cross-encoder/ms-marco-MiniLM-L6-v2",
    model_type: { reranker: { id2label: { "0": "LABEL_0" }, label2id: { LABEL_0: 0 } } },
    max_input_length: 512,
    max_client_batch_size: 10_000,
  });
});

it("lists models as OpenAI does", () => {
  expect(
    modelList([
      { name: "a", since: 1_700_000_000_500, maxTokens: 512 },
      { name: "b", since: 0, aliasOf: "a" },
    ]),
  ).toEqual({
    object: "list",
    data: [
      { id: "a", object: "model", created: 1_700_000_000, owned_by: "rankwright", max_model_len: 512 },
      { id: "b", object: "model", created: 0, owned_by: "rankwright", root: "a" },
    ],
  });
});

it("names the model to Weaviate", () => {
  expect(weaviateMeta({ modelId: "m" })).toEqual({ _name_or_path: "m", model_type: null });
});
