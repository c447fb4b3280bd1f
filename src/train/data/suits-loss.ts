import type { TrainingExample } from "../example.js";
import type { Loss } from "../losses/loss.js";

/** The part of a loss that says what it can learn from. */
export type LossDemands = Pick<Loss, "name" | "leastDocuments" | "check">;

/** What keeps a loss from learning from an example, with the mend and without a full stop; undefined if nothing. */
export function unsuited({ documents, targets }: TrainingExample, loss: LossDemands): string | undefined {
  if (documents.length < loss.leastDocuments) {
    return `there is one document, and the loss ${loss.name} compares at least ${loss.leastDocuments} of a query; mine negatives, group lines by query, or take a pointwise loss`;
  }
  const wrong = loss.check(targets);
  if (wrong !== undefined) {
    return `the targets [${shortened(targets)}] do not suit the loss ${loss.name}: each ${wrong}`;
  }
  if (loss.leastDocuments > 1 && targets.every((target) => target === targets[0])) {
    return `all ${documents.length} documents have the target ${targets[0]}, which leaves the loss ${loss.name} nothing to order; leave the line out, or take a pointwise loss`;
  }
  return undefined;
}

function shortened(targets: readonly number[]): string {
  return targets.length > 8 ? `${targets.slice(0, 8).join(", ")}, …` : targets.join(", ");
}
