import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { architectureFor } from "./architectures/registry.js";
import { sequenceLimit } from "./model-folder.js";

const folder = mkdtempSync(join(tmpdir(), "folder-"));
afterAll(() => rmSync(folder, { recursive: true }));

const limit = (raw: object, tokenizerConfig: string, known = true) => {
  writeFileSync(join(folder, "tokenizer_config.json"), tokenizerConfig);
  const config = { vocab_size: 10, ...raw };
  return sequenceLimit(folder, config, known ? architectureFor(config) : undefined);
};

describe("sequenceLimit", () => {
  it("is what the position table holds, without the rows that RoBERTa reserves", async () => {
    expect(await limit({ model_type: "bert", max_position_embeddings: 128 }, "{}")).toBe(128);
    expect(await limit({ model_type: "roberta", max_position_embeddings: 514 }, "{}")).toBe(512);
  });

  it("is no more than the tokenizer's, unless that says 1e30 or nothing of use", async () => {
    const bert = { model_type: "bert", max_position_embeddings: 128 };
    expect(await limit(bert, '{"model_max_length": 64}')).toBe(64);
    for (const none of ['{"model_max_length": 1e30}', '{"model_max_length": 0}', "null"]) {
      expect(await limit(bert, none)).toBe(128);
    }
    await expect(limit(bert, "broken")).rejects.toMatchObject({ code: "INVALID_TOKENIZER" });
  });

  it("falls back to 512 for a ready-made graph that says nothing", async () => {
    expect(await limit({ max_position_embeddings: 256 }, "{}", false)).toBe(256);
    expect(await limit({}, "{}", false)).toBe(512);
    expect(await limit({}, '{"model_max_length": 4096}', false)).toBe(512);
  });
});
