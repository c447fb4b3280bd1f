type Check = (targets: readonly number[]) => string | undefined;

/** Says what one of the targets has to be when it is not. */
function every(must: string, holds: (target: number) => boolean): Check {
  return (targets) => {
    const wrong = targets.find((target) => !holds(target));
    return wrong === undefined ? undefined : `must be ${must}, and one is ${wrong}`;
  };
}

/** Far above any score, and low enough that float32 holds its square. */
const HIGHEST = 1e9;

export const finite = between(-HIGHEST, HIGHEST);

export const zeroOrOne = every("0 or 1", (target) => target === 0 || target === 1);

export function between(low: number, high: number): Check {
  return every(`between ${low} and ${high}`, (target) => target >= low && target <= high);
}

export const notNegative = between(0, HIGHEST);
