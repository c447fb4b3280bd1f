// Lists made from texts alone. The inverse cloze task (Lee et al., 1906.00300): a sentence asks for the passage that it was
// taken out of; in a quarter of the cases the first half of a passage asks for the second, as long queries do.
import { Random } from "../../dist/numbers/random.js";
import { records } from "./records.mjs";

const LONGEST = 1500;
const SENTENCE = /[^.!?]+[.!?]+(?=\s|$)/g;

export async function derive(
  { file, derive: field, accept = () => true, limit = Number.POSITIVE_INFINITY },
  seed,
) {
  const examples = [];
  const random = new Random(seed);
  const questions = new Set();
  for await (const record of records(file)) {
    if (examples.length >= limit) break;
    if (!accept(record)) continue;
    const example = field === "title" ? titleAndBody(record, questions) : cloze(record[field], random);
    if (example) examples.push({ query: example.query, documents: [{ text: example.text }], targets: [1] });
  }
  return examples;
}

/** Each question once, whatever number of answers it has. */
function titleAndBody({ site, qid, q, qbody = "" }, questions) {
  const question = `${site} ${qid}`;
  if (questions.has(question) || qbody.length < 80) return undefined;
  questions.add(question);
  return { query: q, text: qbody };
}

function cloze(text, random) {
  const sentences = text?.slice(0, LONGEST).match(SENTENCE) ?? [];
  if (text?.length < 250 || sentences.length < 3) return undefined;
  if (random.float() < 0.25) {
    const middle = Math.floor(sentences.length / 2);
    const [first, second] = [sentences.slice(0, middle), sentences.slice(middle)].map((half) =>
      half.join("").trim(),
    );
    return first.length < 60 || second.length < 60 ? undefined : { query: first.slice(0, 500), text: second };
  }
  const at = random.int(sentences.length);
  const query = sentences[at].trim();
  if (query.length < 25 || query.length > 300) return undefined;
  return { query, text: sentences.toSpliced(at, 1).join("").trim() };
}
