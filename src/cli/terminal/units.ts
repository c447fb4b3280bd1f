/** `1536` to `1.54 kB`, three significant digits, powers of 1000. */
export function bytes(count: number): string {
  return scaled(count, ["B", "kB", "MB", "GB", "TB"]);
}

/** `22713216` to `22.7 M`. */
export function large(count: number): string {
  return scaled(count, ["", "k", "M", "G", "T"]).trimEnd();
}

/** `2469692160` to `2.47 GFLOP`. */
export function flop(count: number): string {
  return scaled(count, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP"]);
}

function scaled(count: number, units: readonly string[]): string {
  let value = count;
  let unit = 0;
  while (Number(value.toPrecision(3)) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${units[unit]}`;
}
