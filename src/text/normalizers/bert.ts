import { isCjk } from "../unicode/cjk.js";
import { codePointFlags, paint } from "../unicode/code-points.js";
import { DROPPED, NONSPACING } from "../unicode/tables.js";
import { isWhitespace } from "../unicode/whitespace.js";
import { lowercase } from "./lowercase.js";
import { mapCharacters } from "./map-characters.js";
import { type Normalizer, sequence } from "./normalizer.js";
import { unicodeForm } from "./unicode-form.js";

export interface BertOptions {
  readonly cleanText: boolean;
  readonly handleChineseChars: boolean;
  readonly stripAccents: boolean;
  readonly lowercase: boolean;
}

const DROP = 1;
const ACCENT = 2;
let sharedFlags: Uint8Array | undefined;

/** Whether clean_text removes a character: controls, formats and private use, but no unassigned one. */
export function isDropped(codePoint: number): boolean {
  return (flags()[codePoint]! & DROP) !== 0;
}

/** BERT's own normalizer: clean, put spaces around Chinese characters, strip accents, lower-case. */
export function bert(options: BertOptions): Normalizer {
  const steps: Normalizer[] = [];
  if (options.cleanText) {
    steps.push(
      mapCharacters((c) => {
        if (isDropped(c)) return "";
        return c !== 0x20 && c <= 0xffff && isWhitespace(c) ? " " : undefined;
      }),
    );
  }
  if (options.handleChineseChars) {
    steps.push(mapCharacters((c) => (isCjk(c) ? ` ${String.fromCodePoint(c)} ` : undefined)));
  }
  if (options.stripAccents) {
    const table = flags();
    steps.push(
      unicodeForm("NFD"),
      mapCharacters((c) => ((table[c]! & ACCENT) !== 0 ? "" : undefined)),
    );
  }
  if (options.lowercase) steps.push(lowercase);
  return sequence(steps);
}

function flags(): Uint8Array {
  if (sharedFlags === undefined) {
    sharedFlags = codePointFlags();
    paint(sharedFlags, DROPPED, DROP);
    paint(sharedFlags, NONSPACING, ACCENT);
  }
  return sharedFlags;
}
