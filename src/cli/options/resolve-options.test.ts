import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Io } from "../io.js";
import type { OptionType } from "./option-types.js";
import { flagName, OPTIONS, type OptionName, variableName } from "./options.js";
import { type Flags, resolveOptions } from "./resolve-options.js";

const NAMES = Object.keys(OPTIONS) as OptionName[];
let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "cli-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const config = (content: unknown, name = "rankwright.config.json") =>
  writeFileSync(join(cwd, name), typeof content === "string" ? content : JSON.stringify(content));
const resolve = (flags: Flags = {}, env: Io["env"] = {}) => resolveOptions(NAMES, flags, { env, cwd });

describe("resolveOptions", () => {
  it("takes the flag before the variable before the config file", async () => {
    config({ topN: 1, depth: 1, precision: "int8" });
    const env = { RANKWRIGHT_TOP_N: "2", RANKWRIGHT_DEPTH: "2" };
    expect(await resolve({ topN: "3" }, env)).toEqual({ topN: 3, depth: 2, precision: "int8" });
  });

  it("leaves out what is set nowhere, and counts an empty variable and a null as unset", async () => {
    config({ topN: null });
    expect(await resolve({}, { RANKWRIGHT_TOP_N: "" })).toEqual({});
  });

  it("reads JSON values and their text alike", async () => {
    config({ topN: "5", offline: "yes", windows: 256 });
    expect(await resolve()).toEqual({ topN: 5, offline: true, windows: { tokens: 256 } });
    config({ topN: 5, offline: false, windows: "256:32" });
    expect(await resolve()).toEqual({ topN: 5, offline: false, windows: { tokens: 256, overlap: 32 } });
  });

  it("lets a flag take back what a variable switched on", async () => {
    expect(await resolve({ json: false }, { RANKWRIGHT_JSON: "1" })).toEqual({ json: false });
  });

  it("finds the named config file through flag or variable, from the working directory", async () => {
    config({ topN: 7 }, "mine.json");
    expect(await resolve({ config: "mine.json" })).toMatchObject({ topN: 7 });
    expect(await resolve({}, { RANKWRIGHT_CONFIG: "mine.json" })).toMatchObject({ topN: 7 });
  });

  it("names flag, variable or key, the value and what it must be", async () => {
    const wanted = "it must be a whole number of at least 1";
    const usage = (message: string) => ({ code: "WRONG_USAGE", message });
    await expect(resolve({ topN: "0" })).rejects.toMatchObject(usage(`--top-n is "0"; ${wanted}`));
    await expect(resolve({}, { RANKWRIGHT_TOP_N: "x" })).rejects.toMatchObject(
      usage(`RANKWRIGHT_TOP_N is "x"; ${wanted}`),
    );
    config({ topN: 1.5 });
    await expect(resolve()).rejects.toMatchObject(usage(`topN in rankwright.config.json is 1.5; ${wanted}`));
    config({ precision: ["int8"] });
    await expect(resolve()).rejects.toMatchObject(
      usage('precision in rankwright.config.json is ["int8"]; it must be float32 or int8'),
    );
  });

  it.each(["10:10", "0", "8:", ":2", "8:2:1", "-8", "8:20"])("refuses windows of %s", async (windows) => {
    await expect(resolve({ windows })).rejects.toThrow("with the overlap below the tokens");
  });

  it("refuses config files that are missing, malformed or hold unknown keys", async () => {
    await expect(resolve({ config: "none.json" })).rejects.toThrow("none.json cannot be read");
    config("{");
    await expect(resolve()).rejects.toThrow("rankwright.config.json is not JSON");
    config([1]);
    await expect(resolve()).rejects.toThrow('write an object, such as {"topN": 5}');
    config({ topn: 5 });
    await expect(resolve()).rejects.toThrow('has a key "topn"; did you mean topN?');
    config({ "no-such-setting-anywhere": 5 });
    await expect(resolve()).rejects.toThrow(
      'has a key "no-such-setting-anywhere"; known are query, model, topN',
    );
    config({ config: "other.json" });
    await expect(resolve()).rejects.toMatchObject({ code: "WRONG_USAGE" });
  });

  it("takes no endpoint, which would get the token, from a file that merely lies there", async () => {
    config({ endpoint: "https://elsewhere.example" });
    await expect(resolve()).rejects.toThrow("decides where your keys are sent");
    expect(await resolve({ config: "rankwright.config.json" })).toMatchObject({
      endpoint: "https://elsewhere.example",
    });
  });
});

describe("the options", () => {
  it("have flags and variables that follow from their names", () => {
    expect([flagName("topN"), variableName("topN")]).toEqual(["--top-n", "RANKWRIGHT_TOP_N"]);
    expect([flagName("json"), variableName("json")]).toEqual(["--json", "RANKWRIGHT_JSON"]);
  });

  it("parse any text to a value in range or to nothing", () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.oneof(fc.string(), fc.double().map(String)), (name, text) => {
        const type: OptionType<unknown> = OPTIONS[name].type;
        const value = type.parse(text);
        if (typeof value === "number") expect(Number.isFinite(value) && value >= 0).toBe(true);
        if (typeof value === "string") expect(value).toBe(text);
        if (type.choices !== undefined && value !== undefined) expect(type.choices).toContain(value);
      }),
    );
  });
});

describe("variableName", () => {
  const root = join(import.meta.dirname, "../../..");

  it.each(["recipes/default/places.mjs", "src/files/testing/datasets.ts"])(
    "is none that %s reads, so that exporting that one changes no command",
    (file) => {
      const read = readFileSync(join(root, file), "utf8").match(/RANKWRIGHT_\w+/g);
      expect(read).not.toBeNull();
      const ours = NAMES.map(variableName);
      expect(read?.filter((name) => ours.includes(name))).toEqual([]);
    },
  );
});
