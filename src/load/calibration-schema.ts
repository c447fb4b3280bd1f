import { z } from "zod";

const error = "give a finite number";
const shared = {
  model: z.string({ error: "give the id of the reranker that it was fitted to, or leave it out" }).optional(),
  scale: z
    .enum(["logit", "probability", "similarity", "rank"], {
      error: "give logit, probability, similarity or rank, or leave it out",
    })
    .optional(),
};
const knots = z.array(z.number({ error }), { error: "give an array of numbers" });

/** What `fitPlatt` or `fitIsotonic` gave, as JSON; `calibrated` checks that the curve does not fall. */
export const calibrationSchema = z.union(
  [
    z.strictObject({ a: z.number({ error }), b: z.number({ error }), ...shared }),
    z.strictObject({ scores: knots, probabilities: knots, ...shared }),
  ],
  { error: "give { a, b } of Platt's curve, or { scores, probabilities } of an isotonic one" },
);
