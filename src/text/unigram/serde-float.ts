/**
 * The double that the reference's JSON parser (serde_json without `float_roundtrip`) reads where a
 * correct parser reads `value`: decimal digits as an integer, then one division or multiplication by a
 * power of ten. About one score in seven differs in the last bit, which can decide a tie.
 */
export function serdeFloat(value: number): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (match === null) return value;
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  const digits = Number(whole + fraction);
  const power = Number(exponent) - fraction.length;
  const scaled = power >= 0 ? digits * Number(`1e${power}`) : digits / Number(`1e${-power}`);
  return sign === "-" ? -scaled : scaled;
}
