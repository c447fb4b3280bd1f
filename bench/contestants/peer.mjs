import { AutoModelForSequenceClassification, AutoTokenizer, env } from "@huggingface/transformers";

env.allowRemoteModels = false;

/** @huggingface/transformers as its documentation uses it, with its defaults: float32 on the processor. */
export async function open({ folder }) {
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(folder),
    AutoModelForSequenceClassification.from_pretrained(folder),
  ]);
  return {
    /**
     * @param {{ batch: number, sorted: boolean }} how documents per call; sorted: by length of the text, so
     *   that documents of like length share a call
     */
    async score({ query, documents }, { batch, sorted }) {
      const order = documents.map((_, index) => index);
      if (sorted) order.sort((a, b) => documents[b].length - documents[a].length);
      const scores = new Array(documents.length);
      for (let start = 0; start < order.length; start += batch) {
        const part = order.slice(start, start + batch);
        const inputs = tokenizer(new Array(part.length).fill(query), {
          text_pair: part.map((index) => documents[index]),
          padding: true,
          truncation: true,
        });
        const { logits } = await model(inputs);
        for (const [row, index] of part.entries()) scores[index] = logits.data[row];
      }
      return scores;
    },
  };
}

/** The tokenizer alone, in one call for all pairs. */
export async function openTokenizer({ folder }) {
  const tokenizer = await AutoTokenizer.from_pretrained(folder);
  return ({ query, documents }) => {
    const inputs = tokenizer(new Array(documents.length).fill(query), {
      text_pair: documents,
      padding: true,
      truncation: true,
    });
    return () => {
      const [ids, mask] = [inputs.input_ids.tolist(), inputs.attention_mask.tolist()];
      return ids.map((row, i) => row.filter((_, j) => mask[i][j] === 1n).map(Number));
    };
  };
}
