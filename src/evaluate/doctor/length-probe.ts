import { Random } from "../../numbers/random.js";
import { standardDeviation } from "../statistics/describe.js";
import type { DoctorContext } from "./context.js";
import type { ExaminedQuery } from "./examined-query.js";

/** Limits of what the model is run for: two documents per query. */
const QUERIES = 30;

const FEWEST_CHARACTERS = 200;

/** Says nothing about anything, and never twice the same in a row. */
const NEUTRAL = [
  "The following part is included for the sake of completeness.",
  "Further remarks of a general kind may be found elsewhere.",
  "Nothing in this part changes what has been said above.",
  "It was added later and may be removed at any time.",
  "Readers in a hurry can skip it without losing anything.",
  "The layout of this page may differ from that of other pages.",
];

/**
 * By how much neutral text, as long as the document itself, lifts a document when it is appended: the
 * difference of scores in standard deviations of the query's candidates. Probed are documents that leave
 * room for it, drawn without regard to their scores: one with a low score rises by any change.
 *
 * @returns one value per probed query
 */
export async function probeLength(context: DoctorContext): Promise<readonly number[]> {
  const lifts: number[] = [];
  const random = new Random(context.seed);
  for (const query of random.shuffle([...context.queries])) {
    if (lifts.length === QUERIES) break;
    const spread = query.scores.length > 1 ? standardDeviation(query.scores) : 0;
    const document = drawDocument(context, query, random);
    if (!document || spread === 0) continue;
    const longer = { ...document, text: `${document.text} ${neutralText(document.text.length)}` };
    const scores = await context.rescore!(query.text, [document, longer]);
    lifts.push((scores[1]! - scores[0]!) / spread);
  }
  return lifts;
}

/** A known document that can be doubled without being cut. */
function drawDocument(
  { texts, maxTokens = Number.POSITIVE_INFINITY }: DoctorContext,
  { ids, outcome }: ExaminedQuery,
  random: Random,
) {
  const candidates = ids.flatMap((id, candidate) => {
    const tokens = outcome?.tokensTotal?.[candidate] ?? 0;
    return (tokens * 3 <= maxTokens && texts.get(id)) || [];
  });
  return candidates.length === 0 ? undefined : candidates[random.int(candidates.length)];
}

function neutralText(characters: number): string {
  const sentences: string[] = [];
  for (let length = 0; length < Math.max(characters, FEWEST_CHARACTERS); ) {
    const sentence = NEUTRAL[sentences.length % NEUTRAL.length]!;
    sentences.push(sentence);
    length += sentence.length + 1;
  }
  return sentences.join(" ");
}
