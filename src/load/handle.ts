import { OpenCalls } from "../rerank/open-calls.js";
import type { Reranker } from "../types/index.js";

/** The same reranker with another end: `close()` waits for the calls made through it, then calls `leave`, once. */
export function handle(reranker: Reranker, leave: () => Promise<void>): Reranker {
  const { id, scoreScale } = reranker;
  const calls = new OpenCalls(id);
  return {
    id,
    scoreScale,
    get load() {
      return reranker.load;
    },
    async rerank(request) {
      calls.checkOpen();
      return calls.track(() => reranker.rerank(request));
    },
    close: () => calls.close(leave),
  };
}
