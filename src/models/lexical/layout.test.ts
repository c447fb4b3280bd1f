import { expect, it } from "vitest";
import { LEVEL_RUNS, MATCH_ROWS, PLACE_ROWS, RARITIES } from "./layout.js";

const levels = (count: number) => Array.from({ length: count }, (_, level) => level);
const shares = levels(101).map((percent) => percent / 100);

it("gives every match a row of its own, and no row to nothing", () => {
  const kinds = levels(4).flatMap((match) => levels(RARITIES).map((rarity) => [match, rarity] as const));
  const rows = [
    0,
    ...kinds.map(([match, rarity]) => MATCH_ROWS.query(match, rarity)),
    ...kinds.map(([match, rarity]) => MATCH_ROWS.document(match, rarity)),
    ...new Set(shares.map(MATCH_ROWS.pair)),
  ];
  expect(rows).toEqual(levels(MATCH_ROWS.total));
  expect(MATCH_ROWS.total).toBe(145);
});

it("gives every place a row of its own, and no row to nothing", () => {
  const rows = [
    0,
    ...[0, 1, 2, 3, 5, 9].flatMap((count) => [false, true].map((phrase) => PLACE_ROWS.query(count, phrase))),
    PLACE_ROWS.document(false),
    PLACE_ROWS.document(true),
    ...new Set(shares.map(PLACE_ROWS.coverage)),
    ...new Set(shares.map(PLACE_ROWS.phrases)),
    ...new Set(levels(400).map(PLACE_ROWS.length)),
  ];
  expect(rows).toEqual(levels(PLACE_ROWS.total));
  expect(PLACE_ROWS.total).toBe(55);
});

it("lists the runs of levels without overlap", () => {
  const first = { match: 1, place: PLACE_ROWS.coverage(0) };
  const total = { match: MATCH_ROWS.total, place: PLACE_ROWS.total };
  for (const table of ["match", "place"] as const) {
    const rows = LEVEL_RUNS[table]!.flatMap((run) => levels(run.levels).map((level) => run.first + level));
    expect(rows).toEqual(levels(total[table]).slice(first[table]));
  }
});
