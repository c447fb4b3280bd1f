import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHECKS } from "./checks.js";

describe("docs/evaluation.md", () => {
  const docs = readFileSync(join(import.meta.dirname, "../../../docs/evaluation.md"), "utf8");

  it("names every check and no other, in their order", () => {
    const rows = [...docs.matchAll(/^\| ([a-z]+(?:-[a-z]+)*) \| [A-Z]/gm)].map(([, id]) => id);
    expect(rows).toEqual(CHECKS.map(({ id }) => id));
  });
});
