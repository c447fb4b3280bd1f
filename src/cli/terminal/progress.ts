import { type OutputStream, widthOf } from "../io.js";
import { oneLine, shorten } from "./display-text.js";
import { bytes } from "./units.js";

export interface ProgressEvent {
  /** What is going on; a new text is shown at once on a terminal. */
  readonly text: string;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  /** What `done` and `total` count. Default: things. */
  readonly unit?: "bytes" | undefined;
}

export interface Progress {
  update(event: ProgressEvent): void;
  /** Takes the line away; call it before anything else is written. */
  end(): void;
}

const TERMINAL_MS = 100;
const PLAIN_MS = 3000;

/**
 * Tells how far the work is: on a terminal in one line that is drawn over, elsewhere in plain lines at most
 * every three seconds, so that quick work leaves none in a log.
 *
 * @param now milliseconds; stands in for the clock
 */
export function createProgress(stream: OutputStream, now: () => number = () => performance.now()): Progress {
  const terminal = stream.isTTY === true;
  const { progressMs = PLAIN_MS } = stream;
  let last = terminal ? Number.NEGATIVE_INFINITY : now();
  let stage = "";
  let drawn = false;
  return {
    update(event) {
      const time = now();
      const due = time - last >= (terminal ? TERMINAL_MS : progressMs);
      if (!due && !(terminal && event.text !== stage)) return;
      last = time;
      stage = event.text;
      const line = oneLine(describe(event));
      if (terminal) {
        stream.write(`\r${shorten(line, widthOf(stream) - 1)}\x1b[K`);
        drawn = true;
      } else {
        stream.write(`${line}\n`);
      }
    },
    end() {
      if (drawn) stream.write("\r\x1b[K");
      drawn = false;
    },
  };
}

function describe({ text, done, total, unit }: ProgressEvent): string {
  if (done === undefined) return text;
  const show = unit === "bytes" ? bytes : String;
  if (total === undefined) return `${text} ${show(done)}`;
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  return `${text} ${show(done)} of ${show(total)} (${share} %)`;
}
