import { type TournamentOptions, tournament } from "../../rerank/index.js";
import { whole } from "../fields.js";
import { chatKind } from "../remote/chat-kind.js";
import type { ChatSpec } from "../remote/chat-spec.js";

/** Documents meet in groups, of which a chat model picks the best, see `tournament`. */
export interface TournamentSpec {
  readonly tournament: TournamentFields;
}

interface TournamentFields extends ChatSpec, Pick<TournamentOptions, "rounds" | "groupSize"> {}

export const tournamentKind = chatKind<TournamentFields>(
  "tournament",
  { rounds: whole(1), groupSize: whole(5) },
  tournament,
);
