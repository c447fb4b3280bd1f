import { closestName } from "../../evaluate/measures/closest-name.js";
import { RankwrightError, show } from "../../types/index.js";
import { type AdrMseOptions, adrMse } from "./adr-mse.js";
import { type BceOptions, bce, softBce } from "./bce.js";
import { type KlOptions, kl } from "./kl.js";
import { lambdaRank, type NdcgLoss2PlusPlusOptions, ndcgLoss2, ndcgLoss2PlusPlus } from "./lambda-loss.js";
import { type LceOptions, lce } from "./lce.js";
import { listMle, pListMle } from "./listmle.js";
import { type ListNetOptions, listNet } from "./listnet.js";
import type { Loss } from "./loss.js";
import { type MarginMseOptions, marginMse } from "./margin-mse.js";
import { mse } from "./mse.js";
import { type RankNetOptions, rankNet } from "./ranknet.js";

/** What the losses take; each loss says in its own file what an option means to it. */
export interface LossOptions
  extends BceOptions,
    MarginMseOptions,
    RankNetOptions,
    NdcgLoss2PlusPlusOptions,
    ListNetOptions,
    KlOptions,
    LceOptions,
    AdrMseOptions {}

interface LossEntry {
  readonly create: (options: LossOptions) => Loss;
  readonly takes: readonly (keyof LossOptions)[];
}

const LOSSES: Readonly<Record<string, LossEntry>> = {
  bce: { create: bce, takes: ["positiveWeight"] },
  "soft-bce": { create: softBce, takes: [] },
  mse: { create: mse, takes: [] },
  "margin-mse": { create: marginMse, takes: ["pairs"] },
  ranknet: { create: rankNet, takes: ["rankWeights"] },
  lambdarank: { create: lambdaRank, takes: ["k", "sigma"] },
  "ndcg-loss2": { create: ndcgLoss2, takes: ["k", "sigma"] },
  "ndcg-loss2++": { create: ndcgLoss2PlusPlus, takes: ["k", "sigma", "mu"] },
  listmle: { create: listMle, takes: [] },
  "p-listmle": { create: pListMle, takes: [] },
  listnet: { create: listNet, takes: ["temperature"] },
  kl: { create: kl, takes: ["temperature"] },
  lce: { create: lce, takes: ["relevant"] },
  "adr-mse": { create: adrMse, takes: ["alpha"] },
};

/** Every name that `createLoss` knows. */
export const LOSS_NAMES: readonly string[] = Object.keys(LOSSES);

/**
 * The loss of that name, with its defaults where an option is not given.
 *
 * @throws INVALID_OPTION for a name that no loss has, an option that the loss does not take, or a value outside
 * the option's range
 */
export function createLoss(name: string, options: LossOptions = {}): Loss {
  const entry = Object.hasOwn(LOSSES, name) ? LOSSES[name] : undefined;
  if (entry === undefined) throw unknownLoss(name);
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || entry.takes.includes(option as keyof LossOptions)) continue;
    const takes = entry.takes.length === 0 ? "no options" : entry.takes.join(", ");
    throw new RankwrightError(
      "INVALID_OPTION",
      `${option} is ${show(value)}, but the loss ${name} does not take it; it takes ${takes}`,
      { field: option, value },
    );
  }
  return entry.create(options);
}

function unknownLoss(name: string): RankwrightError {
  const close = closestName(name, LOSS_NAMES);
  const mend = close === undefined ? `one of ${LOSS_NAMES.join(", ")}` : `did you mean ${close}?`;
  return new RankwrightError("INVALID_OPTION", `loss is ${show(name)}, which no loss is called; ${mend}`, {
    field: "loss",
    value: name,
  });
}
