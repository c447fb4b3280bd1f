import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeMeasures, type MeasureDescription, type ParameterDescription } from "./describe-measures.js";
import { parseMeasure } from "./parse-measure.js";

describe("describeMeasures", () => {
  const all = describeMeasures();

  it("says how a measure is written and what its parameters take", () => {
    expect(all.find(({ name }) => name === "AP")).toEqual({
      name: "AP",
      usage: "AP[(rel)][@cutoff]",
      aliases: ["MAP", "map_cut_<cutoff>"],
      help: expect.stringContaining("Precision at each relevant document"),
      reference: expect.stringContaining("2005"),
      parameters: [
        {
          name: "rel",
          help: "least grade that counts as relevant",
          range: "a whole number of 1 or more",
          default: 1,
          required: false,
        },
        {
          name: "@cutoff",
          help: "last rank that counts (all ranks without it)",
          range: "a whole number of 1 or more",
          required: false,
        },
      ],
      tieAware: true,
    });
    expect(all.find(({ name }) => name === "IPrec")?.usage).toBe("IPrec[(rel)]@recall");
    expect(all.find(({ name }) => name === "NumQ")?.usage).toBe("NumQ");
  });

  it("gives names that can be parsed", () => {
    for (const { name, aliases, parameters } of all) {
      const at = parameters.find(({ name, required }) => name.startsWith("@") && required);
      for (const one of [name, ...aliases.filter((alias) => !alias.includes("<"))]) {
        expect(parseMeasure(at ? `${one}@1` : one).name).toBe(at ? `${name}@1` : name);
      }
    }
  });
});

describe("docs/measures.md", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/measures.md"), "utf8");

  it("has the rows that the declarations give", () => {
    const rows = page.split("\n").filter((line) => /^\| `/.test(line));
    expect(rows).toEqual(describeMeasures().map(row));
  });

  it("cites every reference", () => {
    for (const { name, reference } of describeMeasures()) expect(page, name).toContain(reference);
  });
});

/** One line of the table; `rel` and `@cutoff` are explained above it. */
function row({ usage, aliases, help, parameters, tieAware }: MeasureDescription): string {
  const own = parameters.filter(({ help }) => !/^(least grade that|last rank that)/.test(help));
  const text = [help, ...own.map(parameterText)].join("<br>").replaceAll("|", "\\|");
  const others = aliases.map((alias) => `\`${alias}\``).join(" ");
  return `| \`${usage}\` | ${others} | ${text} | ${tieAware ? "yes" : ""} |`;
}

function parameterText({ name, range, help, default: usual }: ParameterDescription): string {
  return `\`${name}\`: ${help}; ${range}${usual === undefined ? "" : ` (${usual})`}`;
}
