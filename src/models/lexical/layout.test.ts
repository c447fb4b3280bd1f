import { expect, it } from "vitest";
import { LEVEL_RUNS, MATCH_ROWS, PLACE_ROWS, RARITIES } from "./layout.js";

const levels = (count: number) => Array.from({ length: count }, (_, level) => level);

it("gives every match a row of its own, and no row to nothing", () => {
  const kinds = levels(4).flatMap((match) => levels(RARITIES).map((rarity) => [match, rarity] as const));
  const rows = [
    0,
    ...kinds.map(([match, rarity]) => MATCH_ROWS.query(match, rarity)),
    ...kinds.map(([match, rarity]) => MATCH_ROWS.document(match, rarity)),
  ];
  expect(rows).toEqual(levels(MATCH_ROWS.total));
  expect(MATCH_ROWS.total).toBe(129);
});

it("gives every place a row of its own, and no row to nothing", () => {
  const rows = [
    0,
    ...[0, 1, 2, 3, 5, 9].flatMap((count) => [false, true].map((phrase) => PLACE_ROWS.query(count, phrase))),
    PLACE_ROWS.document(false),
    PLACE_ROWS.document(true),
  ];
  expect(rows).toEqual(levels(PLACE_ROWS.total));
  expect(PLACE_ROWS.total).toBe(15);
});

it("lists the runs of levels without overlap", () => {
  const rows = LEVEL_RUNS.match!.flatMap((run) => levels(run.levels).map((level) => run.first + level));
  expect(rows).toEqual(levels(MATCH_ROWS.total).slice(1));
});
