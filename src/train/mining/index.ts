export { type Bm25MinerOptions, bm25Miner, DocumentPool, type PoolRetriever } from "./document-pool.js";
export type { GuardName, NegativeGuards } from "./guards.js";
export { type MineOptions, mineNegatives } from "./mine-negatives.js";
export { MinedNegatives, type MiningReport } from "./mined-negatives.js";
export { rerankedMiner } from "./reranked-miner.js";
export { type MinedFormat, type WriteMinedOptions, writeMined } from "./write-mined.js";
