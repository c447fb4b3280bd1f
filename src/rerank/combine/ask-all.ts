import type { Reranker, RerankRequest } from "../../types/index.js";
import type { ValidRequest } from "../validate-request.js";
import { type Answer, ask } from "./ask.js";
import type { Clock } from "./clock.js";

/**
 * Has every member rank all documents of a request at once. The first that fails ends the others.
 *
 * @throws RankwrightError ABORTED, and what the first member to fail throws
 */
export async function askAll(
  members: readonly Reranker[],
  request: ValidRequest,
  clock: Clock,
): Promise<readonly Answer[]> {
  const { documents, signal } = request;
  const controller = new AbortController();
  const giveUp = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", giveUp);
  const onProgress = sharedProgress(members.length, request);
  try {
    return await Promise.all(
      members.map((member, m) => {
        const question = { documents, signal: controller.signal, onProgress: onProgress(m) };
        return ask(member, request, question, clock);
      }),
    );
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", giveUp);
  }
}

/** Progress of all members together, counted in candidates that a member has ranked. */
function sharedProgress(members: number, { documents, onProgress }: ValidRequest) {
  if (!onProgress) return () => undefined;
  const shares = new Array<number>(members).fill(0);
  return (m: number): RerankRequest["onProgress"] =>
    (done, total) => {
      shares[m] = done / Math.max(1, total);
      const sum = shares.reduce((all, share) => all + share, 0);
      onProgress(Math.round(sum * documents.length), members * documents.length);
    };
}
