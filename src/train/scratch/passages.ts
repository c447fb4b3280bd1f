import type { Dataset } from "../data/index.js";

/** Title and text of every document of a data set, one after the other. */
export function* passages(data: Dataset): Generator<string> {
  for (const { example } of data.entries()) {
    for (const { title, text } of example.documents) yield title === undefined ? text : `${title}\n${text}`;
  }
}

/** Its queries too, where an example has one. */
export function* allTexts(data: Dataset): Generator<string> {
  for (const { example } of data.entries()) if (example.query !== "") yield example.query;
  yield* passages(data);
}
