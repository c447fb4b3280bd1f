import { expectedSuccess } from "./expected/expected-first-relevant.js";
import { countRetrieved } from "./judged-query.js";
import { defineFamily, REL, REQUIRED_CUTOFF } from "./measure-family.js";

export const Success = defineFamily({
  name: "Success",
  aliases: ["Hit", "HitRate"],
  numbered: "success",
  help: "1 where a relevant document stands among the first k, else 0",
  reference: "Tomlinson 2006, Early precision measures",
  parameters: { rel: REL, cutoff: REQUIRED_CUTOFF },
  aggregate: "mean",
  compute: ({ grades }, { rel, cutoff }) => (countRetrieved(grades, rel, cutoff) > 0 ? 1 : 0),
  expected: (ranking, { rel, cutoff }) => expectedSuccess(ranking, rel, cutoff),
});
