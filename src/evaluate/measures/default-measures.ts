/** What is measured when nobody says what; the first one decides comparisons. */
export const DEFAULT_MEASURES = "nDCG@10,RR@10,AP,R@100";
