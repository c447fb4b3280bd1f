import type { Io } from "../io.js";
import { oneLine } from "../terminal/display-text.js";
import type { Progress } from "../terminal/progress.js";

/** Says at once what is wrong with a judge, the first time that it fails; the rest is counted. */
export function failureTeller({ stderr }: Io, progress: Progress): (judge: string, error: unknown) => void {
  const told = new Set<string>();
  return (judge, error) => {
    if (told.has(judge)) return;
    told.add(judge);
    progress.end();
    stderr.write(`rankwright: judge ${oneLine(judge)} failed, going on: ${oneLine((error as Error).message)}
`);
  };
}
