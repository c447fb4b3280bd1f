import type { Question } from "../recognise/question.js";
import type { MalformedClass, SimulatedJudge } from "../simulated-judge.js";
import { type Draft, draftText } from "./draft.js";
import type { Draws } from "./noise.js";

/** An answer as it leaves the model. */
export interface Spoken {
  readonly draft: Draft;
  readonly finish: "stop" | "length" | "content_filter";
  /** In the field for it; the text is then null. */
  readonly refusal?: string | undefined;
  readonly malformed?: MalformedClass | undefined;
}

const REFUSAL = "I'm sorry, but I can't help with that.";
const ERRORS = [
  "Error: request 4711 failed after 3 retries (HTTP 502)",
  "RateLimitError: Rate limit reached for requests, limit 20 per 60 s, please try again in 12 s.",
  "Traceback (most recent call last):\n  File \"server.py\", line 12, in <module>\nKeyError: 'choices'",
];

/** Draws whether the answer is malformed, and how. */
export function speak(draft: Draft, question: Question, judge: SimulatedJudge, draws: Draws): Spoken {
  const classes = Object.entries(judge.malformed ?? {}) as readonly [MalformedClass, number | undefined][];
  let left = draws.uniform();
  for (const [malformed, share = 0] of classes) {
    left -= share;
    if (left < 0) return { finish: "stop", ...MALFORMERS[malformed](draft, question, draws), malformed };
  }
  return { draft, finish: "stop" };
}

type Malformer = (
  draft: Draft,
  question: Question,
  draws: Draws,
) => Omit<Spoken, "finish" | "malformed"> & {
  readonly finish?: Spoken["finish"];
};

const plain = (text: string) => ({ draft: { before: text, after: "" } });

const MALFORMERS: Readonly<Record<MalformedClass, Malformer>> = {
  duplicates: (draft, { documents }, draws) => {
    const again = documents[draws.int(documents.length)]!.label;
    return plain(`${draftText(draft)} > [${again}]`);
  },
  gaps: (draft, _, draws) => {
    const ids = draftText(draft).split(" > ");
    return plain(ids.length < 2 ? "" : ids.toSpliced(draws.int(ids.length), 1).join(" > "));
  },
  prose: (draft) =>
    plain(
      `Sure! I compared all 100 points of the 2 sources from 2024. Answer: ${draftText(draft)}. Let me know!`,
    ),
  refusal: (_, __, draws) => (draws.uniform() < 0.5 ? { ...plain(""), refusal: REFUSAL } : plain(REFUSAL)),
  truncation: (draft, _, draws) => {
    const text = draftText(draft);
    return { ...plain(text.slice(0, draws.int(text.length))), finish: "length" };
  },
  think: (draft, { documents }) => {
    const labels = documents.map(({ label }) => `[${label}]`).join(" > ");
    return plain(
      `<think>\nMaybe ${labels}? Passage B has 3 facts. Score -1?\n</think>\n\n${draftText(draft)}`,
    );
  },
  "error-text": (_, __, draws) => plain(ERRORS[draws.int(ERRORS.length)]!),
  empty: () => plain(""),
  filtered: (draft) => {
    const text = draftText(draft);
    return { ...plain(text.slice(0, Math.floor(text.length / 2))), finish: "content_filter" };
  },
};
