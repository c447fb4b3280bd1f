import type { Usage } from "../../types/index.js";

/** The usage of several calls together. What one of the calls that cost something did not tell stays unknown. */
export function addUsage(usages: readonly Usage[]): Usage {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const paid = usages.filter(({ calls }) => calls > 0);
  const known = (name: "promptTokens" | "completionTokens" | "cost") => {
    const values = paid.map((usage) => usage[name]);
    return values.length > 0 && values.every((value) => value !== undefined)
      ? { [name]: sum(values) }
      : undefined;
  };
  const hits = usages.map(({ cacheHits }) => cacheHits).filter((value) => value !== undefined);
  return {
    pairs: sum(usages.map(({ pairs }) => pairs)),
    tokens: sum(usages.map(({ tokens }) => tokens)),
    calls: sum(usages.map(({ calls }) => calls)),
    ...known("promptTokens"),
    ...known("completionTokens"),
    ...(hits.length > 0 && { cacheHits: sum(hits) }),
    ...known("cost"),
  };
}
