import { type ScaleLinear, scaleLinear, scaleLog } from "d3-scale";
import type { Tick } from "./axes.js";

/** A linear scale whose ends are round numbers, never narrower than `span`. Values must be usable. */
export function valueScale(
  values: readonly number[],
  range: readonly [number, number],
  span: number,
): ScaleLinear<number, number> {
  let low = values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
  let high = values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
  // A span below the spacing of doubles at this size would leave no ticks.
  const least = Math.max(span, Math.abs(low) * 1e-6, Math.abs(high) * 1e-6);
  if (high - low < least) {
    const middle = (low + high) / 2;
    low = middle - least / 2;
    high = middle + least / 2;
  }
  return scaleLinear([low, high], range).nice(5);
}

/** About `count` ticks of a linear scale; `plus` puts a sign before positive values. */
export function ticksOf(scale: ScaleLinear<number, number>, count: number, plus = false): Tick[] {
  const format = scale.tickFormat(count, plus ? "+,f" : ",f");
  return scale
    .ticks(count)
    .map((value) => ({ at: scale(value), text: value === 0 && plus ? "0" : format(value) }));
}

/**
 * Positions of re-ranking depths: logarithmic where they span much, because the first candidates matter more
 * than the last. A single depth stands in the middle.
 */
export function depthScale(
  depths: readonly number[],
  range: readonly [number, number],
): (depth: number) => number {
  const low = Math.min(...depths);
  const high = Math.max(...depths);
  if (low === high) return () => (range[0] + range[1]) / 2;
  return low > 0 && high / low >= 8 ? scaleLog([low, high], range) : scaleLinear([low, high], range);
}
