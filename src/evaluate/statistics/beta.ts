import { checkFraction, checkPositive } from "../../numbers/check.js";
import { betaDensity, incompleteBeta } from "./incomplete-beta.js";
import { increasingRoot } from "./monotone-root.js";

/** The x in (0, 1) below which Beta(a, b), a and b above 0, has the share p in (0, 1). @throws INVALID_OPTION */
export function betaQuantile(p: number, a: number, b: number): number {
  checkFraction("p", p);
  checkPositive("a", a);
  checkPositive("b", b);
  return increasingRoot(
    (x) => incompleteBeta(a, b, x) - p,
    (x) => betaDensity(a, b, x),
    0,
    1,
  );
}
