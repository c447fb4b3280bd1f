import type { Io, OutputStream } from "../io.js";

/** How text is set apart; without colours every function returns it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
}

/** Colours on a terminal, unless NO_COLOR is set (no-color.org) or the terminal is a dumb one. */
export function styleFor(stream: OutputStream, env: Io["env"]): Style {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const wrap = (code: number, end: number) => (text: string) =>
    coloured ? `\x1b[${code}m${text}\x1b[${end}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), green: wrap(32, 39) };
}
