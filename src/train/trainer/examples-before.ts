import { type DataPosition, type Dataset, epochSize } from "../data/index.js";

/** How many examples were read when a training reaches a position, all epochs together. */
export function examplesBefore({ sources }: Dataset, { epoch, index }: Omit<DataPosition, "batch">): number {
  let examples = index;
  for (let done = 0; done < epoch; done++) examples += epochSize(sources, done);
  return examples;
}
