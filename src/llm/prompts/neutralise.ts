import { CLOSING, inClass, OPENING } from "./character-classes.js";

/** Controls but white space, and what nobody sees: soft hyphens, zero-width spaces, overrides of direction, tags. */
const INVISIBLE = /(?![\s\u200c\u200d])(?:\p{Cc}|\p{Cf}|\u034f|[\u{e0100}-\u{e01ef}])/gu;

/** `[3]`, `【３】`, `[1, 2]`, `[ ² ]`: no letters and a number between square brackets. */
const BRACKETED = new RegExp(
  `[${inClass(OPENING)}]([^\\p{L}${inClass(OPENING + CLOSING)}]{0,60}\\p{N}[^\\p{L}${inClass(OPENING + CLOSING)}]{0,60})[${inClass(CLOSING)}]`,
  "gu",
);

/** What tokenizers of chat models read as one special token. */
const SPECIAL: readonly RegExp[] = [
  // <|im_start|>, <|eot_id|>, <｜User｜>
  /<([|｜][^<>|｜]{0,80}[|｜])>/gu,
  // <s>, </s>, <start_of_turn>, <think>, <extra_id_0>, <unused7>
  /<(\/?(?:s|bos|eos|pad|unk|mask|sep|cls|eod|eot|eom|think|thinking|thought|reasoning|reflection|answer|(?:start|end)_of_\w{1,20}|(?:begin|end)of\w{1,20}|im_\w{1,20}|tool_\w{1,20}|extra_id_\d{1,4}|unused_?\d{1,4}|reserved_\w{1,30}|fim_\w{1,20}|sys|system|user|assistant|human))\s*>/giu,
  // <<SYS>>
  /<(<\/?\w{1,20}>)>/gu,
  // [INST], [/INST], [THINK], [TOOL_CALLS], [gMASK]
  /\[(\/?(?:INST|SYSTEM_PROMPT|THINK|AVAILABLE_TOOLS|TOOL_\w{1,20}|ARGS|CALL_ID|PREFIX|MIDDLE|SUFFIX|IMG\w{0,10}|AUDIO|CONTROL_\d{1,4}|[gs]?MASK|sop|eop|BOS|EOS|UNK|PAD|SEP|CLS|multimodal))\]/giu,
  // ◁think▷
  /◁(\/?[^◁▷]{0,40})▷/gu,
];

/**
 * Text of a query or document as it may stand in a prompt: on one line, without what could act as an identifier of
 * another document (`[3]` becomes `(3)`, and for each of `markers` `Passage A:` becomes `Passage (A)`), as a token of a
 * chat template (`<|im_start|>` becomes `(|im_start|)`), or unseen. Doing it twice changes nothing more.
 *
 * @param markers from `identifierMarkers`
 */
export function neutralise(text: string, markers: readonly RegExp[] = []): string {
  let safe = text.toWellFormed().replace(INVISIBLE, "").replace(/\s+/gu, " ").trim();
  // A replacement may bring together what the next one is about; each leaves fewer brackets, so this ends.
  for (let before = ""; before !== safe; ) {
    before = safe;
    for (const special of SPECIAL) safe = safe.replace(special, "($1)");
    safe = safe.replace(BRACKETED, "($1)");
    for (const marker of markers) {
      safe = safe.replace(marker, (_, first: string, second: unknown) =>
        typeof second === "string" ? `${first} (${second})` : `(${first})`,
      );
    }
  }
  return safe;
}
