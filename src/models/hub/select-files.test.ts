import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectFiles } from "./select-files.js";
import { shardNames } from "./shards.js";

const BASE = ["config.json", "tokenizer.json"];
const select = (names: readonly string[], variant?: string) => selectFiles(names, "org/x", { variant });
const failure = (names: readonly string[], variant?: string) => {
  try {
    return select(names, variant);
  } catch (error) {
    return error;
  }
};

describe("selectFiles", () => {
  it("takes configuration, tokenizer and safetensors, and nothing else", () => {
    const names = [
      ...BASE,
      "README.md",
      "vocab.txt",
      "model.safetensors",
      "pytorch_model.bin",
      "onnx/model.onnx",
    ];
    expect(select(names)).toEqual({
      files: ["config.json", "tokenizer.json", "model.safetensors"],
      weights: { format: "safetensors", file: "model.safetensors" },
      absent: [
        "tokenizer_config.json",
        "special_tokens_map.json",
        "modules.json",
        "config_sentence_transformers.json",
        "sentence_bert_config.json",
      ],
    });
  });

  it("takes the side files of tokenizers and of sentence-transformers", () => {
    const side = [
      "tokenizer_config.json",
      "special_tokens_map.json",
      "modules.json",
      "1_Pooling/config.json",
    ];
    const names = [
      ...BASE,
      ...side,
      "model.safetensors",
      "2_Dense/model.safetensors",
      "2_Dense/pytorch_model.bin",
    ];
    expect(select(names).files).toEqual(
      expect.arrayContaining([...side, "2_Dense/model.safetensors", "model.safetensors"]),
    );
    expect(select(names).files).not.toContain("2_Dense/pytorch_model.bin");
  });

  it("takes vocab.txt where there is no tokenizer.json", () => {
    const { files, absent } = select(["config.json", "vocab.txt", "model.safetensors"]);
    expect(files).toContain("vocab.txt");
    expect(absent).toContain("tokenizer.json");
  });

  it("prefers one file of weights to shards, and safetensors to ONNX", () => {
    const index = "model.safetensors.index.json";
    expect(select([...BASE, index, "onnx/model.onnx"]).weights).toEqual({ format: "sharded", file: index });
    expect(select([...BASE, index, "model.safetensors"]).weights.file).toBe("model.safetensors");
    expect(select([...BASE, "model.onnx", "onnx/model.onnx"]).weights.file).toBe("onnx/model.onnx");
  });

  it("takes the data outside an ONNX graph, of that graph only", () => {
    const onnx = "onnx/model.onnx";
    const data = [`${onnx}_data`, `${onnx}_data_1`, `${onnx}.data`];
    const names = [...BASE, onnx, ...data, "onnx/model_fp16.onnx", "onnx/model_fp16.onnx_data"];
    expect(select(names).files).toEqual([...BASE, onnx, ...data]);
  });

  it.each([
    ["onnx", "onnx/model.onnx"],
    ["quantized", "onnx/model_quantized.onnx"],
    ["exports/best.onnx", "exports/best.onnx"],
    ["safetensors", "model.safetensors"],
  ])("finds variant %s", (variant, file) => {
    const names = [
      ...BASE,
      "model.safetensors",
      "onnx/model.onnx",
      "onnx/model_quantized.onnx",
      "exports/best.onnx",
    ];
    expect(select(names, variant).weights.file).toBe(file);
  });

  it.each([
    [["tokenizer.json", "model.safetensors"], undefined, "MODEL_FILE_MISSING", "config.json"],
    [["adapter_config.json", "adapter_model.safetensors"], undefined, "UNSUPPORTED_FEATURE", "merge"],
    [["config.json", "spiece.model", "model.safetensors"], undefined, "MODEL_FILE_MISSING", "tokenizer.json"],
    [[...BASE, "pytorch_model.bin"], undefined, "UNSUPPORTED_FEATURE", "save_pretrained"],
    [[...BASE, "model-q4.gguf"], undefined, "UNSUPPORTED_FEATURE", "model-q4.gguf"],
    [BASE, undefined, "MODEL_FILE_MISSING", "model.safetensors"],
    [[...BASE, "onnx/model_int8.onnx"], undefined, "MODEL_FILE_MISSING", "as the variant"],
    [[...BASE, "onnx/model_int8.onnx"], "fp16", "MODEL_FILE_MISSING", "onnx/model_int8.onnx"],
    [[...BASE, "onnx/model.onnx"], "safetensors", "MODEL_FILE_MISSING", "model.safetensors"],
  ])("explains what is wrong with %j, variant %s", (names, variant, code, words) => {
    expect(failure(names, variant)).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it("never takes what is not listed, and what it names absent is indeed absent", () => {
    const name = fc.constantFrom(
      ...[...BASE, "vocab.txt", "modules.json", "model.safetensors", "model.safetensors.index.json"],
      ...[
        "onnx/model.onnx",
        "onnx/model.onnx_data",
        "model.onnx",
        "tokenizer_config.json",
        "1_Pooling/config.json",
      ],
    );
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const all = [...new Set([...names, ...BASE, "model.onnx"])];
        const { files, absent } = select(all);
        expect(all).toEqual(expect.arrayContaining([...files]));
        expect(absent.filter((file) => all.includes(file))).toEqual([]);
        expect(new Set(files).size).toBe(files.length);
      }),
    );
  });
});

describe("shardNames", () => {
  it("lists each file once, sorted", () => {
    const json = JSON.stringify({
      weight_map: { a: "m-2.safetensors", b: "m-1.safetensors", c: "m-2.safetensors" },
    });
    expect(shardNames(json, "org/x")).toEqual(["m-1.safetensors", "m-2.safetensors"]);
  });

  it.each([
    "{",
    "null",
    "{}",
    '{"weight_map":[]}',
    '{"weight_map":{}}',
    '{"weight_map":{"a":1}}',
    '{"weight_map":{"a":"../x"}}',
  ])("refuses %s", (json) => {
    expect(() => shardNames(json, "org/x")).toThrow(expect.objectContaining({ code: "INVALID_SAFETENSORS" }));
  });
});
