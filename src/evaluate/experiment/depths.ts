const STEPS = [1, 2, 3, 5, 7.5];

/** Depths worth a point in a curve: 1, 2, 3, 5, 7, 10, 20, 30, … below `most`, and `most` itself. */
export function curveDepths(most: number): readonly number[] {
  const depths: number[] = [];
  for (let scale = 1; scale < most; scale *= 10) {
    for (const step of STEPS) if (Math.floor(step * scale) < most) depths.push(Math.floor(step * scale));
  }
  return [...depths, most];
}
