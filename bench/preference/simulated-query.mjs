// A query whose documents have known scores, judges that vote on pairs of them, and how well estimated scores do.
// Imports nothing: the benchmark runs it on the built package, a test on the sources.

/** @typedef {{ float(): number, normal(): number }} Chance */
/**
 * @typedef {"binary" | "three" | "soft"} Vote One binary vote, the mean of three, or a probability of noisy
 * logit.
 */

const SPREAD = 2;
const LOGIT_NOISE = 0.7;
/** Shares of the documents below grades 1, 2 and 3. */
const GRADES = [0.7, 0.85, 0.95];

/** True scores, in log-odds: standard deviation 2. */
export function trueScores(/** @type {number} */ n, /** @type {Chance} */ chance) {
  return Float64Array.from({ length: n }, () => SPREAD * chance.normal());
}

/**
 * p(a ≻ b) as a judge says it.
 * @param {Vote} vote
 * @param {number} difference of the true scores
 * @param {Chance} chance
 */
export function judge(vote, difference, chance) {
  if (vote === "soft") return sigmoid(difference + LOGIT_NOISE * chance.normal());
  const times = vote === "three" ? 3 : 1;
  let wins = 0;
  for (let time = 0; time < times; time++) if (chance.float() < sigmoid(difference)) wins++;
  return wins / times;
}

/**
 * nDCG@10 with linear gains of documents graded 0 to 3 by their true scores.
 * @param {ArrayLike<number>} truth
 * @param {ArrayLike<number>} scores
 */
export function ndcg10(truth, scores) {
  const n = truth.length;
  const places = Array.from({ length: n }, (_, place) => place);
  const byTruth = places.toSorted(
    (i, j) => /** @type {number} */ (truth[j]) - /** @type {number} */ (truth[i]),
  );
  const grades = new Float64Array(n);
  for (const [rank, place] of byTruth.entries())
    grades[place] = GRADES.filter((share) => n - rank > share * n).length;
  const byScore = places.toSorted(
    (i, j) => /** @type {number} */ (scores[j]) - /** @type {number} */ (scores[i]),
  );
  const gain = (/** @type {number[]} */ order) =>
    order
      .slice(0, 10)
      .reduce((sum, place, rank) => sum + /** @type {number} */ (grades[place]) / Math.log2(rank + 2), 0);
  return gain(byScore) / gain(byTruth);
}

function sigmoid(/** @type {number} */ x) {
  return 1 / (1 + Math.exp(-x));
}
