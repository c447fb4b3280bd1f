import { RankwrightError, show } from "../../types/index.js";

/** @throws RankwrightError INVALID_OPTION unless there is something to combine */
export function checkMembers(name: string, members: readonly unknown[]): void {
  if (Array.isArray(members) && members.length > 0) return;
  const message = `${name} is ${show(members)}; pass an array of at least one reranker`;
  throw new RankwrightError("INVALID_OPTION", message, { field: name, value: members });
}
