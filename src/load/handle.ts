import { OpenCalls } from "../rerank/open-calls.js";
import type { Reranker } from "../types/index.js";

/**
 * The same reranker with another end: `close()` waits for the calls made through it, then calls `leave`, once.
 *
 * @param tellsBatches Whether it tells of batches. Of several handles of one model only one should, so that nobody who
 *   listens to all of them counts a batch twice.
 */
export function handle(reranker: Reranker, leave: () => Promise<void>, tellsBatches = true): Reranker {
  const { id, scoreScale } = reranker;
  const calls = new OpenCalls(id);
  return {
    id,
    scoreScale,
    get load() {
      const { load } = reranker;
      if (tellsBatches || load === undefined) return load;
      const { queuedSequences, queuedTokens, pace } = load;
      return { queuedSequences, queuedTokens, pace };
    },
    async rerank(request) {
      calls.checkOpen();
      return calls.track(() => reranker.rerank(request));
    },
    close: () => calls.close(leave),
  };
}
