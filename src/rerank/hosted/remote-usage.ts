import type { RemoteUsage } from "../../types/index.js";
import type { Asked } from "./ask-provider.js";

/** Sums over calls; what one of them does not tell is unknown for all. `lost`: calls are missing from the list. */
export function remoteUsage(asked: readonly Asked[], lost: boolean): RemoteUsage {
  const sum = (amounts: readonly (number | undefined)[]) =>
    lost || amounts.length === 0 || amounts.includes(undefined)
      ? undefined
      : amounts.reduce<number>((total, each) => total + (each ?? 0), 0);
  const promptTokens = sum(asked.map(({ used }) => used.promptTokens));
  const cost = sum(asked.map((each) => each.cost));
  return {
    calls: asked.length,
    ...(promptTokens !== undefined && { promptTokens, completionTokens: 0 }),
    ...(cost !== undefined && { cost }),
  };
}
