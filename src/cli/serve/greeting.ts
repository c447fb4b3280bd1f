import type { ServedModel } from "../../serve/index.js";

interface Greeting {
  readonly url: string;
  /** The default first. */
  readonly models: readonly ServedModel[];
  readonly withKey: boolean;
  readonly json?: boolean | undefined;
}

/** What is served, where, and a line to try it with. */
export function greeting({ url, models, withKey, json }: Greeting): string {
  if (json) {
    const named = models.map(({ name, aliases = [] }) => ({ name, aliases }));
    return `${JSON.stringify({ url, models: named })}\n`;
  }
  const lines = models.map(({ name, aliases = [] }) => {
    const also = aliases.length === 0 ? "" : ` (also as ${aliases.join(", ")})`;
    return `  ${name}${also}`;
  });
  const key = withKey ? " -H 'authorization: Bearer YOUR_KEY'" : "";
  const body =
    '{"query":"reset my password","documents":["We open at nine.","Forgotten passwords are reset on the sign-in page."]}';
  return [
    `rankwright serves at ${url}`,
    ...lines,
    "",
    "Try it:",
    `  curl ${url}/v1/rerank${key} -H 'content-type: application/json' -d '${body}'`,
    "",
  ].join("\n");
}
