import { Random } from "./random.mjs";
import { proseWords } from "./text.mjs";

/**
 * @typedef {{ query: string, documents: string[], pairTokens: number[] }} Workload
 * pairTokens: tokens of each (query, document) pair, special tokens included.
 */

const PAIRS = 100;
const SPECIAL_TOKENS = 3;
/** ln of the pair length is normal with this mean and deviation: mean 90 tokens, 95th percentile 206. */
const LOG_MEAN = 4.295;
const LOG_DEVIATION = 0.64;
const LONGEST = 350;
const QUERY = "How long does a refund take after a cancelled delivery, and who confirms the payment?";

/**
 * One query and 100 documents whose pair lengths stand at the quantiles of a log-normal distribution, in
 * random order.
 * @param {(text: string) => number} countTokens special tokens excluded
 * @returns {Workload}
 */
export function makeWorkload(countTokens) {
  const random = new Random("workload");
  const overhead = countTokens(QUERY) + SPECIAL_TOKENS;
  const prose = proseWords(random);
  const documents = pairLengths().map((length) => {
    const wanted = Math.max(1, length - overhead);
    let text = "";
    while (countTokens(text) < wanted) text += (text === "" ? "" : " ") + prose.next().value;
    return text;
  });
  const order = random.shuffle(documents);
  return { query: QUERY, documents: order, pairTokens: order.map((text) => countTokens(text) + overhead) };
}

function pairLengths() {
  return Array.from({ length: PAIRS }, (_, i) => {
    const length = Math.exp(LOG_MEAN + LOG_DEVIATION * normalQuantile((i + 0.5) / PAIRS));
    return Math.min(LONGEST, Math.round(length));
  });
}

/** Inverse of the normal distribution, to 4.5e-4 (Abramowitz and Stegun 26.2.23). */
function normalQuantile(/** @type {number} */ p) {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  const denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  const x = t - numerator / denominator;
  return p < 0.5 ? -x : x;
}
