import type { RankedDocument, RerankResult } from "../../types/index.js";
import { oneLine, pad, shorten } from "../terminal/display-text.js";
import type { Style } from "../terminal/style.js";

export interface RankingLayout {
  /** Columns of the terminal. */
  readonly columns: number;
  /** Candidates of the request. */
  readonly candidates: number;
  readonly style: Style;
}

const GAP = "  ";
/** However narrow the terminal, this much of a text is shown. */
const LEAST_TEXT = 10;

/** A ranking for people: one line a document, then one about the work that it took. */
export function formatRanking(result: RerankResult, { columns, candidates, style }: RankingLayout): string {
  const { results, scoreScale } = result;
  const ranks = column(
    "rank",
    results.map(({ rank }) => String(rank)),
    "right",
  );
  const moves = column("moved", movesOf(results), "right");
  const scores = column(scoreScale, results.map(scoreText), "right");
  const taken = [ranks, moves, scores].reduce((sum, [head = ""]) => sum + head.length + GAP.length, 0);
  const room = Math.max(LEAST_TEXT, columns - taken);
  const lines = results.map((ranked, row) => {
    const { rank, index } = ranked;
    const move = moves[row + 1] as string;
    return [
      style.bold(ranks[row + 1] as string),
      rank < index + 1 ? style.green(move) : style.dim(move),
      scores[row + 1],
      documentText(ranked, room, style),
    ].join(GAP);
  });
  const head = style.dim([ranks[0], moves[0], scores[0], "document"].join(GAP));
  return `${[head, ...lines].join("\n")}\n\n${style.dim(summary(result, candidates))}\n`;
}

/** Heading and cells, all of the same width. */
function column(heading: string, cells: readonly string[], side: "left" | "right"): string[] {
  const all = [heading, ...cells];
  const width = Math.max(...all.map(({ length }) => length));
  return all.map((cell) => pad(cell, width, side));
}

/** Place in the input, then the new one, both counted from 1: `12→1`. Arrows stand in one column. */
function movesOf(results: readonly RankedDocument[]): string[] {
  const width = Math.max(...results.map(({ rank }) => String(rank).length));
  return results.map(({ index, rank }) => `${index + 1}→${pad(String(rank), width, "left")}`);
}

function scoreText({ score, scored }: RankedDocument): string {
  if (!scored) return "–";
  // Four decimals, but probabilities near 0 or 1 still tell themselves apart.
  if (score !== 0 && Math.abs(score) < 0.001) return score.toExponential(1);
  return score < 1 && score > 0.9999 ? String(score).slice(0, 10) : score.toFixed(4);
}

function documentText({ document }: RankedDocument, room: number, style: Style): string {
  const title = oneLine(document.title ?? "");
  const text = oneLine(document.text);
  const line = shorten(title && text ? `${title} · ${text}` : title || text || "(empty)", room);
  return title === "" ? line : style.bold(line.slice(0, title.length)) + line.slice(title.length);
}

function summary({ results, model, usage, timings }: RerankResult, candidates: number): string {
  const shown = results.length === candidates ? "" : `best ${results.length} of ${candidates} · `;
  const ms = timings.totalMs < 10 ? timings.totalMs.toFixed(1) : Math.round(timings.totalMs);
  const known = usage.cacheHits ? ` (${usage.cacheHits} more from the cache)` : "";
  return `${shown}${model} · ${usage.pairs} pairs${known} · ${workOf(usage)} · ${ms} ms`;
}

/** Tokens that a model read here, or what remote ones tell of their calls. */
function workOf({ tokens, calls, promptTokens, completionTokens, cost }: RerankResult["usage"]): string {
  if (calls === 0) return `${tokens} tokens`;
  return [
    ...(tokens === 0 ? [] : [`${tokens} tokens`]),
    `${calls} ${calls === 1 ? "call" : "calls"}`,
    ...(promptTokens === undefined ? [] : [`${promptTokens} prompt tokens`]),
    ...(completionTokens === undefined ? [] : [`${completionTokens} answer tokens`]),
    ...(cost === undefined ? [] : [`cost ${Number(cost.toPrecision(3))}`]),
  ].join(" · ");
}
