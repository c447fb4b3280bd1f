import { borda, kemeny } from "../../preference/index.js";

/** Makes one order of several orders of the same items. */
export type Aggregate = (rankings: readonly (readonly number[])[]) => readonly number[];

/** Items that do equally well stand as in the first ranking. */
export const AGGREGATES: Readonly<Record<"borda" | "kemeny", Aggregate>> = {
  borda: (rankings) => borda(rankings).map(({ item }) => item),
  kemeny: (rankings) => kemeny(rankings).order,
};
