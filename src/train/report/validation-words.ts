/** What a training is for. */
export type TrainingTask = "ranking" | "pretraining";

/** What is measured on held-out data, in words. */
export interface ValidationWords {
  /** What it is called, and shorter where there is less room. */
  readonly name: string;
  readonly short: string;
  readonly shortest: string;
  /** What a chart of it shows, and how it is read. */
  readonly caption: string;
  readonly reading: string;
  /** What the loss in training can be compared with. */
  readonly lossReading: string;
}

export const VALIDATION: Readonly<Record<TrainingTask, ValidationWords>> = {
  ranking: {
    name: "nDCG@10",
    short: "nDCG",
    shortest: "nDCG",
    caption: "nDCG@10 on examples that are not trained on.",
    reading:
      "A line that still rises at its end wants more training; one that falls while the loss keeps falling has begun to learn its data by heart.",
    lossReading:
      "Losses of different kinds, and of lists of different lengths, have different sizes: compare this line with itself only.",
  },
  pretraining: {
    name: "held-out loss",
    short: "held out",
    shortest: "held",
    caption: "Loss on texts that are not trained on, in nats a masked token.",
    reading:
      "A line that still falls at its end wants more training; one that rises while the loss in training keeps falling has begun to learn its data by heart.",
    lossReading:
      "In nats a masked token. Another vocabulary, or another share of masked tokens, has other losses.",
  },
};
