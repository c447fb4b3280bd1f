/** Beginning and end of what models write for themselves before they answer. */
const THOUGHTS: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [
    /<(?:think|thinking|thought|reasoning|reflection)>/i,
    /<\/(?:think|thinking|thought|reasoning|reflection)>/gi,
  ],
  [/\[THINK\]/, /\[\/THINK\]/g],
  [/◁think▷/, /◁\/think▷/g],
  [/<\|channel\|>analysis/, /<\|channel\|>final(?:<\|message\|>)?/g],
];

/** Marks of chat templates that some servers leave in. */
const MARKS = /<[|｜][^<>|｜]{0,40}[|｜]>|<\/?s>|<(?:end|start)_of_turn>|<eos>/g;

export interface FinalText {
  /** What follows the thoughts, without white space at the ends. */
  readonly text: string;
  /** The thoughts have no end, so that there is no answer. */
  readonly unfinished: boolean;
}

/** An answer without the thoughts before it. A block that only ends counts too: some templates begin it themselves. */
export function finalText(answer: string): FinalText {
  const start = afterThoughts(answer);
  if (start === undefined) return { text: "", unfinished: true };
  return { text: answer.slice(start).replace(MARKS, " ").trim(), unfinished: false };
}

/** Where the answer itself begins; undefined where the thoughts have no end. */
export function afterThoughts(answer: string): number | undefined {
  let start = 0;
  for (const [begin, end] of THOUGHTS) {
    const last = [...answer.slice(start).matchAll(end)].at(-1);
    if (last) start += last.index + last[0].length;
    if (begin.test(answer.slice(start))) return undefined;
  }
  return start;
}
