import { describe, expect, it } from "vitest";
import { type OptimizerOptions, optimizerSettings } from "./options.js";

describe("optimizerSettings", () => {
  it("defaults to torch.optim.AdamW's", () => {
    expect(optimizerSettings()).toMatchObject({ betas: [0.9, 0.999], epsilon: 1e-8, weightDecay: 0.01 });
  });

  it.each([
    ["betas[0]", { betas: [1, 0.9] }],
    ["betas[1]", { betas: [0.9, -0.1] }],
    ["epsilon", { epsilon: 0 }],
    ["weightDecay", { weightDecay: -1 }],
    ["layerDecay", { layerDecay: 0 }],
    ["layerDecay", { layerDecay: 1.1 }],
    ["maxGradientNorm", { maxGradientNorm: Number.POSITIVE_INFINITY }],
    ["averaging", { averaging: 1 }],
    ["untouchedRows", { untouchedRows: "skip" }],
  ])("refuses a wrong %s: %j", (field, options) => {
    expect(() => optimizerSettings(options as OptimizerOptions)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field }),
    );
  });
});
