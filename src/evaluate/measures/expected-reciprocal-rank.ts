import { RankwrightError } from "../../types/index.js";
import { CUTOFF, defineFamily } from "./measure-family.js";

/** 2^grade must stay a finite number. */
const HIGHEST = 1000;

export const ERR = defineFamily({
  name: "ERR",
  help: "Expected 1 / rank at which a reader stops, who is content with a document with probability (2^grade − 1) / 2^max",
  reference: "Chapelle et al. 2009, Expected reciprocal rank for graded relevance",
  parameters: {
    max: { kind: "whole", default: 4, min: 1, max: HIGHEST, help: "highest grade of the scale" },
    cutoff: CUTOFF,
  },
  aggregate: "mean",
  /** @throws RankwrightError INVALID_MEASURE for a grade above `max` */
  compute({ grades, judged }, { max, cutoff }) {
    const highest = judged.ideal[0] ?? 0;
    if (highest > max) {
      const mend = highest > HIGHEST ? "grade on a shorter scale" : `write ERR(max=${highest})`;
      const message = `ERR takes ${max} for the highest grade, but the judgments go up to ${highest}; ${mend}`;
      throw new RankwrightError("INVALID_MEASURE", message, { field: "max", value: max });
    }
    const end = Math.min(cutoff, grades.length);
    let reading = 1;
    let sum = 0;
    for (let i = 0; i < end; i++) {
      const grade = grades[i] as number;
      if (grade <= 0) continue;
      const content = (2 ** grade - 1) / 2 ** max;
      sum += (reading * content) / (i + 1);
      reading *= 1 - content;
    }
    return sum;
  },
});
