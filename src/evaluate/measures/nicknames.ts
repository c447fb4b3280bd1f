const CUTOFFS = [5, 10, 15, 20, 30, 100, 200, 500, 1000];
const TENTHS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const MULTIPLES = [0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2];

const at = (name: string, numbers: readonly number[]) => numbers.map((number) => `${name}@${number}`);

const OFFICIAL = [
  ...["NumQ", "NumRet", "NumRel", "NumRelRet", "AP", "gm_map", "Rprec", "Bpref", "RR"],
  ...at("IPrec", TENTHS),
  ...at("P", CUTOFFS),
];

/** trec_eval 9.0.4's names for lists of measures, without `runid` and `relstring`, which are no numbers. */
export const NICKNAMES: Readonly<Record<string, readonly string[]>> = {
  official: OFFICIAL,
  all_trec: [
    ...OFFICIAL,
    ...at("R", CUTOFFS),
    ...["infAP", "gm_bpref"],
    ...at("Rprec_mult", MULTIPLES),
    ...["utility", "11pt_avg", "binG", "G", "nDCG", "ndcg_rel", "Rndcg"],
    ...at("nDCG", CUTOFFS),
    ...at("AP", CUTOFFS),
    ...at("relative_P", CUTOFFS),
    ...at("Success", [1, 5, 10]),
    ...["set_P", "set_relative_P", "set_recall", "set_map", "set_F", "num_nonrel_judged_ret"],
  ],
};
