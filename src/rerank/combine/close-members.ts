import type { Reranker } from "../../types/index.js";

const closed = new WeakMap<Reranker, Promise<void>>();

/** Closes each reranker once, also one that several others are made of. */
export async function closeMembers(members: readonly Reranker[]): Promise<void> {
  const outcomes = await Promise.allSettled(members.map(closeOnce));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

function closeOnce(member: Reranker): Promise<void> {
  const closing = closed.get(member) ?? (async () => member.close())();
  closed.set(member, closing);
  return closing;
}
