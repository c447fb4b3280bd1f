import { sigmoid } from "../../numbers/logistic.js";
import type { Link } from "./link.js";

/** Bradley–Terry: p(i ≻ j) = σ(e_i − e_j); scores are log-odds. */
export const logisticLink: Link = {
  probability: sigmoid,

  information(difference) {
    const e = Math.exp(-Math.abs(difference));
    return e / (1 + e) ** 2;
  },

  derivatives(differences, wins, losses, slope, curvature) {
    let value = 0;
    for (let pair = 0; pair < differences.length; pair++) {
      const x = differences[pair]!;
      const won = wins[pair]!;
      const lost = losses[pair]!;
      // Of the likelier outcome, and of the other: neither suffers from cancellation.
      const e = Math.exp(-Math.abs(x));
      const likely = 1 / (1 + e);
      const unlikely = e * likely;
      const surprise = x >= 0 ? lost : won;
      value -= (won + lost) * Math.log1p(e) + surprise * Math.abs(x);
      slope[pair] = x >= 0 ? won * unlikely - lost * likely : won * likely - lost * unlikely;
      curvature[pair] = (won + lost) * likely * unlikely;
    }
    return value;
  },
};
