import { describe, expect, it } from "vitest";
import { createLoss, LOSS_NAMES, type LossOptions } from "./losses.js";

describe("createLoss", () => {
  it("gives the loss of every name, with what help needs", () => {
    for (const name of LOSS_NAMES) {
      const loss = createLoss(name);
      expect(loss.name).toBe(name);
      expect(loss.help).toMatch(/^\S.{10,90}\S$/);
    }
    const pointwise = LOSS_NAMES.filter((name) => createLoss(name).leastDocuments === 1);
    expect(pointwise).toEqual(["bce", "soft-bce", "mse"]);
  });

  it("suggests the nearest name for one that is unknown, and otherwise lists them all", () => {
    expect(() => createLoss("listmel")).toThrow(
      'loss is "listmel", which no loss is called; did you mean listmle?',
    );
    expect(() => createLoss("RankNet")).toThrow("did you mean ranknet?");
    expect(() => createLoss("hinge")).toThrow(/no loss is called; one of bce, soft-bce, mse, .*, adr-mse$/);
    expect(() => createLoss("constructor")).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "loss" }),
    );
  });

  it("refuses an option that the loss does not take", () => {
    expect(() => createLoss("listnet", { k: 10 })).toThrow(
      "k is 10, but the loss listnet does not take it; it takes temperature",
    );
    expect(() => createLoss("mse", { temperature: 2 })).toThrow(
      "the loss mse does not take it; it takes no options",
    );
    expect(createLoss("mse", { temperature: undefined }).name).toBe("mse");
  });

  it.each<[string, LossOptions, string]>([
    ["bce", { positiveWeight: 0 }, "positiveWeight is 0; it must be a number from 0.000001 to 1000000"],
    ["kl", { temperature: Number.NaN }, "temperature is NaN"],
    ["lambdarank", { k: 2.5 }, "k is 2.5; it must be a whole number from 1"],
    ["lambdarank", { sigma: -1 }, "sigma is -1"],
    ["ndcg-loss2++", { mu: Number.POSITIVE_INFINITY }, "mu is Infinity"],
    ["adr-mse", { alpha: 1e-9 }, "alpha is 1e-9"],
    ["margin-mse", { pairs: "some" as "all" }, 'pairs is "some"; it must be "first" or "all"'],
    ["lce", { relevant: "none" as "all" }, 'relevant is "none"; it must be "all" or "first"'],
  ])("refuses %s with %o", (name, options, message) => {
    expect(() => createLoss(name, options)).toThrow(message);
  });
});

describe("the targets that a loss takes", () => {
  it.each<[string, LossOptions, readonly number[], string]>([
    ["bce", {}, [1, 0.5], "must be 0 or 1, and one is 0.5"],
    ["soft-bce", {}, [0, 1, 1.01], "must be between 0 and 1, and one is 1.01"],
    ["ndcg-loss2", {}, [31], "must be between 0 and 30, and one is 31"],
    ["lambdarank", {}, [0, -1], "must be between 0 and 30, and one is -1"],
    ["lce", {}, [-1, 1], "must be between 0 and 1000000000, and one is -1"],
    ["mse", {}, [0, Number.NaN], "must be between -1000000000 and 1000000000, and one is NaN"],
    [
      "kl",
      {},
      [Number.NEGATIVE_INFINITY],
      "must be between -1000000000 and 1000000000, and one is -Infinity",
    ],
  ])("%s %o does not take %o", (name, options, targets, message) => {
    expect(createLoss(name, options).check(targets)).toBe(message);
  });

  it.each<[string, LossOptions, readonly number[]]>([
    ["bce", {}, [0, 1]],
    ["soft-bce", {}, [0, 0.25, 1]],
    ["ndcg-loss2++", {}, [0, 0.5, 30]],
    ["lce", {}, [3, 0]],
    ["lce", { relevant: "first" }, [-2.5, -7]],
    ["ranknet", {}, [-11.25, 4]],
  ])("%s %o takes %o", (name, options, targets) => {
    expect(createLoss(name, options).check(targets)).toBeUndefined();
  });
});
