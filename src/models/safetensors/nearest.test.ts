import { expect, it } from "vitest";
import { nearestNames } from "./nearest.js";

it("puts the likeliest misspelling first and leaves strangers out", () => {
  const names = [
    "xyz",
    "bert.embeddings.LayerNorm.beta",
    "bert.embeddings.LayerNorm.gamma",
    "classifier.bias",
  ];
  expect(nearestNames("bert.embeddings.LayerNorm.gama", names, 2)).toEqual([
    "bert.embeddings.LayerNorm.gamma",
    "bert.embeddings.LayerNorm.beta",
  ]);
  expect(nearestNames("q", names, 3)).toEqual([]);
});
