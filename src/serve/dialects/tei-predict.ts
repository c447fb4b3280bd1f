import { z } from "zod";
import type { Dialect, ServeRequest } from "./dialect.js";
import { flag, model, oneOf } from "./fields.js";
import { notLeft } from "./not-left.js";
import { inInputOrder, oneEach } from "./ranking.js";
import { notEmpty, readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { refuseLikeTei, teiError } from "./tei-errors.js";
import { teiHeaders } from "./tei-headers.js";

const PAIR = { error: "pass a pair of strings: [query, text]" };
const pair = z.tuple([z.string(PAIR), z.string(PAIR)], PAIR);

const request = z.object({
  inputs: z.array(pair, { error: "pass a list of pairs of strings: [[query, text], …]" }),
  truncate: flag,
  truncation_direction: oneOf("right", "Right", "left", "Left"),
  raw_scores: flag,
  model,
});

const answer = z.array(z.array(z.object({ score: z.number(), label: z.string() })));

/** Text Embeddings Inference's `/predict` for pairs: each pair's score under the label that single scores have. */
export function teiPredict(settings: DialectSettings): Dialect {
  return {
    name: "tei-predict",
    prefix: "tei",
    paths: ["/predict"],
    schemas: { request, answer, error: teiError },
    recognises: () => true,
    understand(body) {
      const { inputs, ...read } = readBody(request, body, settings);
      notLeft("truncation_direction", read.truncation_direction);
      const requests = notEmpty(inputs, "inputs").map(
        ([query, text], index): ServeRequest => ({
          model: read.model ?? undefined,
          query: readQuery(query, `inputs[${index}][0]`),
          documents: [{ text }],
          scores: read.raw_scores ? "logit" : "probability",
          truncate: read.truncate ?? undefined,
        }),
      );
      return {
        requests,
        render: (answers) =>
          oneEach(answers, requests.length).map((answer) =>
            inInputOrder(answer, 1).map((score) => ({ score, label: "LABEL_0" })),
          ),
        headers: (answers) => teiHeaders(requests, answers),
      };
    },
    refuse: refuseLikeTei,
  };
}
