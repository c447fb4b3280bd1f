import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { closestName } from "../../evaluate/measures/closest-name.js";
import { show } from "../../types/index.js";
import type { Io } from "../io.js";
import { parseJson } from "../parse-json.js";
import { wrongUsage } from "../usage-error.js";
import type { OptionSpec } from "./option-types.js";
import { keyName, OPTIONS, type OptionName } from "./options.js";

export const CONFIG_FILE = "rankwright.config.json";

/** The options that a config file sets, not yet parsed. */
export interface ConfigFile {
  /** As messages should call it. */
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads the config file that the user named, else `rankwright.config.json` of the working directory, which
 * may be missing.
 *
 * @throws RankwrightError WRONG_USAGE
 */
export async function readConfigFile(io: Pick<Io, "cwd">, named: string | undefined): Promise<ConfigFile> {
  const name = named ?? CONFIG_FILE;
  let text: string;
  try {
    text = await readFile(resolve(io.cwd, name), "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (named === undefined && code === "ENOENT") return { name, values: {} };
    throw wrongUsage(`the config file ${name} cannot be read (${message}); check the path`, {
      field: "config",
    });
  }
  const values = parse(text, name);
  for (const key of Object.keys(values)) checkKey(key, name, named !== undefined);
  return { name, values };
}

function parse(text: string, name: string): Record<string, unknown> {
  const values = parseJson(text, `the config file ${name}`, "config");
  if (typeof values === "object" && values !== null && !Array.isArray(values)) {
    return values as Record<string, unknown>;
  }
  throw wrongUsage(`the config file ${name} holds ${show(values)}; write an object, such as {"topN": 5}`);
}

function checkKey(key: string, name: string, named: boolean): void {
  const names = (Object.keys(OPTIONS) as OptionName[]).filter((option) => specOf(option).config !== "never");
  const option = names.find((option) => keyName(option) === key);
  if (option === undefined) {
    const keys = [...new Set(names.map(keyName))];
    const close = closestName(key, keys);
    const mend = close === undefined ? `known are ${keys.join(", ")}` : `did you mean ${close}?`;
    throw wrongUsage(`${name} has a key ${show(key)}; ${mend}`, { field: key });
  }
  // Whoever wrote the files of a working directory could otherwise have the user's token sent to them.
  if (specOf(option).config === "named file only" && !named) {
    throw wrongUsage(
      `${name} sets ${key}, which decides where your keys are sent and is not taken from a file that you did not name; ` +
        `add --config ${name}, or use the flag or the variable`,
      { field: key },
    );
  }
}

function specOf(name: OptionName): OptionSpec<unknown> {
  return OPTIONS[name];
}
