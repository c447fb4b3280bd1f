import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeModelCard } from "./write-model-card.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "card-"));
  file = join(folder, "README.md");
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = () => readFileSync(file, "utf8");

describe("writeModelCard", () => {
  it("writes a card, and a newer one over it", async () => {
    expect(await writeModelCard(folder, "# one\n")).toBe(true);
    expect(read()).toMatch(/^# one\n\n<!-- Written by rankwright; .* [0-9a-f]{16} -->\n$/);
    expect(await writeModelCard(folder, "# two\n")).toBe(true);
    expect(read()).toMatch(/^# two\n/);
    // As it was signed before.
    writeFileSync(file, read().replace("by rankwright;", "by rankwright train;"));
    expect(await writeModelCard(folder, "# three\n")).toBe(true);
  });

  it("leaves what a person wrote, or edited anywhere", async () => {
    writeFileSync(file, "# mine\n");
    expect(await writeModelCard(folder, "# one\n")).toBe(false);
    expect(read()).toBe("# mine\n");

    rmSync(file);
    await writeModelCard(folder, "# one\n");
    const written = read();
    for (const edited of [written.replace("one", "uno"), `${written}more\n`, `\n${written}`]) {
      writeFileSync(file, edited);
      expect(await writeModelCard(folder, "# two\n")).toBe(false);
      expect(read()).toBe(edited);
    }
  });

  it("leaves what cannot be read", async () => {
    mkdirSync(file);
    appendFileSync(join(file, "x"), "");
    expect(await writeModelCard(folder, "# one\n")).toBe(false);
  });
});
