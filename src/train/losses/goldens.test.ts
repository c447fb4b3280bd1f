import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createLoss, LOSS_NAMES, type LossOptions } from "./losses.js";
import { type Lists, type LossValue, openLoss } from "./testing/open-loss.js";

interface Goldens {
  readonly batches: Readonly<Record<string, Lists>>;
  readonly cases: readonly {
    readonly name: string;
    readonly options: LossOptions;
    readonly expected: Readonly<Record<string, LossValue>>;
  }[];
}

const file = join(import.meta.dirname, "../../../goldens/losses/losses.json.gz");
const { batches, cases } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Goldens;

/** Largest difference allowed, relative to the largest number of what is compared. */
const BAR = 1e-5;

function differenceOf(actual: readonly number[], wanted: readonly number[]): number {
  expect(actual).toHaveLength(wanted.length);
  const scale = Math.max(...wanted.map(Math.abs));
  const difference = Math.max(...wanted.map((value, i) => Math.abs((actual[i] as number) - value)));
  return scale === 0 ? difference : difference / scale;
}

describe("losses and their gradients, against PyTorch in float64", () => {
  it("covers every loss", () => {
    expect(new Set(cases.map(({ name }) => name))).toEqual(new Set(LOSS_NAMES));
  });

  it.each(cases)("$name $options", async ({ name, options, expected }) => {
    const open = await openLoss(createLoss(name, options));
    try {
      for (const [title, wanted] of Object.entries(expected)) {
        const actual = await open.run(batches[title] as Lists);
        expect(differenceOf([actual.loss], [wanted.loss]), `loss of ${title}`).toBeLessThanOrEqual(BAR);
        const padded = actual.gradient.flatMap((row, i) => row.slice(wanted.gradient[i]?.length));
        expect(
          padded.every((value) => value === 0),
          `padding of ${title}`,
        ).toBe(true);
        const gradient = actual.gradient.flatMap((row, i) => row.slice(0, wanted.gradient[i]?.length));
        expect(differenceOf(gradient, wanted.gradient.flat()), `gradient of ${title}`).toBeLessThanOrEqual(
          BAR,
        );
      }
    } finally {
      await open.close();
    }
  });
});
