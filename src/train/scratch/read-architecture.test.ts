import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { readArchitecture } from "./read-architecture.js";
import { readTokenizerFiles } from "./tokenizer-files.js";

const scratch = new TemporaryFolder();
const TOKENIZERS = join(import.meta.dirname, "../../../goldens/models");

describe("readArchitecture", () => {
  it("reads a config.json, in which the tokenizer's part may be missing", async () => {
    const file = scratch.write(
      "tiny.json",
      '{"model_type": "bert", "hidden_size": 24, "num_attention_heads": 2}',
    );
    expect(await readArchitecture(file)).toMatchObject({ model_type: "bert", hidden_size: 24 });
    const ours = scratch.write("ours.json", '{"model_type": "rankwright"}');
    expect(await readArchitecture(ours)).toEqual({ model_type: "rankwright", lexical_features: 2 });
  });

  it.each([
    ["{", "INVALID_CONFIG", "is not valid JSON"],
    ["[]", "INVALID_CONFIG", "it must hold a JSON object"],
    ['{"model_type": "t5"}', "UNSUPPORTED_ARCHITECTURE", 'model_type is "t5"'],
    ['{"model_type": "bert", "num_attention_heads": 5}', "INVALID_CONFIG", "num_attention_heads is 5"],
    ['{"model_type": "bert", "hidden_act": "swish"}', "UNSUPPORTED_FEATURE", 'hidden_act is "swish"'],
    ['{"model_type": "bert", "initializer_range": 0}', "INVALID_CONFIG", "initializer_range is 0"],
    ['{"model_type": "rankwright", "lexical_features": 1}', "UNSUPPORTED_FEATURE", "lexical_features is 1"],
  ])("refuses %s, by the file's name", async (text, code, message) => {
    const file = scratch.write("wrong.json", text);
    await expect(readArchitecture(file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`^${file}.*${message}`)),
    });
  });

  it("says where there is no file", async () => {
    for (const path of [join(scratch.path, "none.json"), scratch.path]) {
      await expect(readArchitecture(path)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    }
  });
});

describe("readTokenizerFiles", () => {
  it("takes a folder with what stands beside tokenizer.json, or that file alone", async () => {
    const folder = join(TOKENIZERS, "bert-1label");
    const whole = await readTokenizerFiles(folder);
    expect([...whole.keys()]).toEqual(["tokenizer.json", "tokenizer_config.json"]);
    const alone = await readTokenizerFiles(join(folder, "tokenizer.json"));
    expect([...alone]).toEqual([["tokenizer.json", whole.get("tokenizer.json")]]);
  });

  it("refuses what is no tokenizer", async () => {
    const text = scratch.write("words.txt", "[PAD]\n[UNK]\n");
    await expect(readTokenizerFiles(text)).rejects.toMatchObject({ code: "INVALID_TOKENIZER", value: text });
    const other = scratch.write("other.json", '{"model_type": "bert"}');
    await expect(readTokenizerFiles(other)).rejects.toMatchObject({ code: "INVALID_TOKENIZER" });
    await expect(readTokenizerFiles(scratch.path)).rejects.toMatchObject({ code: "MODEL_FILE_MISSING" });
    const none = join(scratch.path, "none");
    await expect(readTokenizerFiles(none)).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });
});
