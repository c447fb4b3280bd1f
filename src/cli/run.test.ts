import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { helpText } from "./command.js";
import type { OptionSpec } from "./options/option-types.js";
import { flagName, keyName, OPTIONS, type OptionName, variableName } from "./options/options.js";
import { runCli } from "./testing/run-cli.js";

describe("run", () => {
  it("shows help with examples on standard output", async () => {
    for (const argv of [["--help"], ["rank", "--help"], ["help", "rank"], ["models", "pull", "-h"]]) {
      const { code, stdout, stderr } = await runCli(argv);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Examples:\n  rankwright ");
    }
  });

  it("shows the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect(await runCli(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("shows help on standard error when there is nothing to do", async () => {
    for (const argv of [[], ["models"]]) {
      const { code, stdout, stderr } = await runCli(argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^Usage: rankwright/);
    }
  });

  it("ends with 2 after an unknown command", async () => {
    expect(await runCli(["rnk"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "rankwright: WRONG_USAGE: unknown command 'rnk' (Did you mean rank?); see rankwright --help\n",
    });
    expect((await runCli(["models", "puul"])).stderr).toContain(
      "(Did you mean pull?); see rankwright models --help",
    );
  });

  it("keeps help within the terminal", async () => {
    const { stdout } = await runCli(["rank", "--help"], { columns: 70 });
    const options = stdout.slice(stdout.indexOf("Options:"), stdout.indexOf("FILE holds"));
    expect(Math.max(...options.split("\n").map((line) => line.length))).toBeLessThanOrEqual(70);
  });
});

describe("docs/cli.md", () => {
  const docs = readFileSync(join(import.meta.dirname, "../../docs/cli.md"), "utf8");

  it.each(Object.keys(OPTIONS) as OptionName[])("has the row of %s", (name) => {
    const spec: OptionSpec<unknown> = OPTIONS[name];
    const value = spec.type.placeholder === undefined ? "" : ` ${spec.type.placeholder}`;
    const key = spec.config === "never" ? "" : `\`${keyName(name)}\``;
    expect(docs).toContain(
      `| \`${flagName(name)}${value}\` | \`${variableName(name)}\` | ${key} | ${helpText(spec)} |`,
    );
  });
});
