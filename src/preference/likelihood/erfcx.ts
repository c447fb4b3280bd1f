/**
 * The scaled complementary error function exp(x²)·erfc(x) for x ≥ 0: Cody's rational approximations
 * ("Rational Chebyshev approximations for the error function", 1969, and his later CALERF), relative error
 * about 1e-16.
 */
export function erfcx(x: number): number {
  if (x <= 0.46875) {
    const y = x * x;
    return Math.exp(y) * (1 - (x * polynomial(SMALL, y)) / polynomial(SMALL_DIVISOR, y));
  }
  if (x <= 4) return polynomial(MIDDLE, x) / polynomial(MIDDLE_DIVISOR, x);
  const y = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - (y * polynomial(LARGE, y)) / polynomial(LARGE_DIVISOR, y)) / x;
}

/** Coefficients from the highest power down. */
const SMALL = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
];
const SMALL_DIVISOR = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const MIDDLE_DIVISOR = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const LARGE = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const LARGE_DIVISOR = [
  1, 2.568520192289822, 1.8729528499234673, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
