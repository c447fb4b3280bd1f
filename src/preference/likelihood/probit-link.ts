import { erfcx } from "./erfcx.js";
import type { Link } from "./link.js";

/** Thurstone's Case V: p(i ≻ j) = Φ(scale·(e_i − e_j)). */
export function probitLink(scale: number): Link {
  return {
    probability(difference) {
      const { unlikely } = tail(Math.abs(scale * difference));
      return difference > 0 ? 1 - unlikely : unlikely;
    },

    information(difference) {
      const { ratioUnlikely, ratioLikely } = tail(Math.abs(scale * difference));
      return scale * scale * ratioLikely * ratioUnlikely;
    },

    derivatives(differences, wins, losses, slope, curvature) {
      let value = 0;
      for (let pair = 0; pair < differences.length; pair++) {
        const x = scale * differences[pair]!;
        const { z, logUnlikely, unlikely, ratioUnlikely, ratioLikely } = tail(Math.abs(x));
        const expected = x >= 0 ? wins[pair]! : losses[pair]!;
        const surprises = x >= 0 ? losses[pair]! : wins[pair]!;
        value += expected * Math.log1p(-unlikely) + surprises * logUnlikely;
        const outwards = expected * ratioLikely - surprises * ratioUnlikely;
        slope[pair] = scale * (x >= 0 ? outwards : -outwards);
        // −d² log Φ(z)/dz² = h(z)·(z + h(z)), and for the other outcome h(−z)·(h(−z) − z).
        // From 500 on, where that difference loses its digits, Sampford's bound (1953) has nine of them.
        const excess = z < 500 ? ratioUnlikely - z : 2 / (z + Math.sqrt(z * z + 8));
        const curved = expected * ratioLikely * (z + ratioLikely) + surprises * ratioUnlikely * excess;
        curvature[pair] = scale * scale * curved;
      }
      return value;
    },
  };
}

/**
 * What a normal difference z ≥ 0 means for the unlikelier outcome, of probability Φ(−z), and for the likelier
 * one.
 */
function tail(z: number) {
  const scaled = erfcx(z / Math.SQRT2);
  const density = Math.exp((-z * z) / 2);
  const unlikely = (density * scaled) / 2;
  return {
    z,
    unlikely,
    logUnlikely: Math.log(scaled / 2) - (z * z) / 2,
    /** Inverse Mills ratios h = φ/Φ at −z and at z. */
    ratioUnlikely: Math.sqrt(2 / Math.PI) / scaled,
    ratioLikely: density / (Math.sqrt(2 * Math.PI) * (1 - unlikely)),
  };
}
