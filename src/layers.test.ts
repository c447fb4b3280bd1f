import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";

/** Rooms by floor, lowest first. A file may import from its own room and from floors below. */
const FLOORS: readonly (readonly string[])[] = [
  ["types"],
  ["files", "numbers"],
  ["http"],
  ["evaluate", "onnx", "text", "preference"],
  ["models", "llm"],
  ["rerank", "retrieve"],
  ["serve", "adapters", "train", "testing", "load.ts"],
  ["index.ts"],
  ["cli", "studio"],
];

const src = import.meta.dirname;
const room = (file: string) => relative(src, file).split(sep)[0] ?? "";
const floor = (name: string) => FLOORS.findIndex((rooms) => rooms.includes(name));
const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((file) => resolve(src, file))
  .filter((file) => /\.[tj]s$/.test(file) && !file.endsWith(".test.ts"));

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map((match) =>
    resolve(dirname(file), match[1] as string),
  );
}

describe("the floors of the house", () => {
  it("gives every source file a room", () => {
    for (const file of files) expect(floor(room(file)), file).toBeGreaterThanOrEqual(0);
  });

  it("has imports that run downwards only", () => {
    const upward: string[] = [];
    for (const file of files) {
      for (const target of importsOf(file)) {
        const from = room(file);
        const to = room(target.replace(/\.js$/, ".ts"));
        if (from !== to && floor(to) >= floor(from)) {
          upward.push(`${relative(src, file)} imports ${relative(src, target)}`);
        }
      }
    }
    expect(upward).toEqual([]);
  });

  it("keeps libraries out of types/", () => {
    for (const file of files.filter((file) => room(file) === "types")) {
      expect(readFileSync(file, "utf8"), file).not.toMatch(/from "(?!\.\/)/);
    }
  });
});
