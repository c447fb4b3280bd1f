import type { Io } from "../io.js";
import { badValue } from "../usage-error.js";
import { readConfigFile } from "./config-file.js";
import type { OptionSpec } from "./option-types.js";
import { flagName, keyName, OPTIONS, type OptionName, type OptionValues, variableName } from "./options.js";

/** What stood on the command line, by the flag in camel case: text, a list of texts, or for switches true and false. */
export type Flags = Readonly<Record<string, unknown>>;

/**
 * The values of some options: from the flag, else the environment variable (an empty one counts as unset),
 * else the config file. What is set nowhere is left out.
 *
 * @throws RankwrightError WRONG_USAGE naming the place, the value and what it must be
 */
export async function resolveOptions<Name extends OptionName>(
  names: readonly Name[],
  flags: Flags,
  io: Pick<Io, "env" | "cwd">,
): Promise<Pick<OptionValues, Name>> {
  const configPath = findValue("config", flags, io.env, undefined) as string | undefined;
  const config = await readConfigFile(io, configPath);
  const values: Partial<Record<OptionName, unknown>> = {};
  for (const name of names) {
    const value = findValue(name, flags, io.env, config);
    if (value !== undefined) values[name] = value;
  }
  return values as Pick<OptionValues, Name>;
}

function findValue(
  name: OptionName,
  flags: Flags,
  env: Io["env"],
  config: Awaited<ReturnType<typeof readConfigFile>> | undefined,
): unknown {
  const flag = flags[keyName(name)];
  if (flag !== undefined) return read(name, flagName(name), flag);
  const variable = variableName(name);
  if (env[variable]) return read(name, variable, isMany(name) ? env[variable].split(",") : env[variable]);
  const value = config?.values[keyName(name)];
  return value === undefined || value === null
    ? undefined
    : read(name, `${keyName(name)} in ${config?.name}`, value);
}

/** @param raw text, or in a config file a JSON value, which is read as its text */
function read(name: OptionName, place: string, raw: unknown): unknown {
  if (isMany(name)) return (Array.isArray(raw) ? raw : [raw]).map((each) => readOne(name, place, each));
  return readOne(name, place, raw);
}

function isMany(name: OptionName): boolean {
  const { many }: OptionSpec<unknown> = OPTIONS[name];
  return many === true;
}

function readOne(name: OptionName, place: string, raw: unknown): unknown {
  const { type, secret }: OptionSpec<unknown> = OPTIONS[name];
  const simple = typeof raw === "string" || typeof raw === "number" || typeof raw === "boolean";
  const value = simple ? type.parse(String(raw)) : undefined;
  if (value === undefined) throw badValue(place, secret ? "…" : raw, type.wanted);
  return value;
}
