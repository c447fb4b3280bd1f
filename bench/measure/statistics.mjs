/** The value below which the share `p` of the numbers lies, interpolated. */
export function quantile(/** @type {readonly number[]} */ numbers, /** @type {number} */ p) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)];
  return low + (sorted[Math.ceil(at)] - low) * (at % 1);
}

export function median(/** @type {readonly number[]} */ numbers) {
  return quantile(numbers, 0.5);
}

export function mean(/** @type {readonly number[]} */ numbers) {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

export function deviation(/** @type {readonly number[]} */ numbers) {
  const centre = mean(numbers);
  return Math.sqrt(mean(numbers.map((value) => (value - centre) ** 2)));
}

export function largestDifference(/** @type {readonly number[]} */ a, /** @type {readonly number[]} */ b) {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}
