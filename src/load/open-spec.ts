import { calibrated } from "../rerank/index.js";
import { RankwrightError, type Reranker } from "../types/index.js";
import type { LoadOptions } from "./load-options.js";
import { type ReadSpec, readSpec } from "./read-spec.js";
import { SharedModels } from "./shared-models.js";
import type { RerankerSpec } from "./spec.js";

/**
 * Opens what a spec describes, models one after the other; when one cannot be opened, those before it are closed.
 *
 * @throws RankwrightError INVALID_OPTION naming the place in the spec, and what loading a model throws
 */
export async function openSpec(given: RerankerSpec, options: LoadOptions): Promise<Reranker> {
  return open(readSpec(given), { ...options, shared: options.shared ?? new SharedModels() });
}

async function open(spec: ReadSpec, load: LoadOptions): Promise<Reranker> {
  const { kind, value, fields, calibration } = spec;
  const parts: { reranker: Reranker; fields: unknown }[] = [];
  try {
    for (const part of spec.parts) parts.push({ reranker: await open(part.spec, load), fields: part.fields });
    const reranker = await at(spec.path, () => kind.open({ value, fields, parts, load }));
    if (!calibration) return reranker;
    parts.splice(0, parts.length, { reranker, fields });
    return await at(spec.path, async () => calibrated(reranker, calibration));
  } catch (error) {
    await Promise.allSettled(parts.map(({ reranker }) => reranker.close()));
    throw error;
  }
}

/** Says where in the spec an option is wrong that only opening finds out. */
async function at<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (path === "" || !RankwrightError.isInstance(error) || error.code !== "INVALID_OPTION") throw error;
    const { message, field, value, cause } = error;
    const place = field === undefined ? path : `${path}.${field}`;
    throw new RankwrightError("INVALID_OPTION", `${path}: ${message}`, { field: place, value, cause });
  }
}
