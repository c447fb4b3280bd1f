import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from "d3-shape";
import type { ReportedSystem } from "./evaluation-report.js";
import { html, type Markup } from "./html.js";

/** How a system looks in every table and picture: colour and shape, so that neither carries the meaning alone. */
export interface Series {
  readonly name: string;
  /** Without the owner of a hub id, where that leaves the names distinct. */
  readonly shortName: string;
  /** Sets the colour. */
  readonly className: string;
  readonly shape: SymbolType;
}

const SHAPES = [symbolCircle, symbolTriangle, symbolDiamond, symbolStar, symbolWye];
const COLOURS = 7;

/** By system name, in the order of the systems. */
export function seriesOf(systems: readonly ReportedSystem[]): ReadonlyMap<string, Series> {
  const tails = new Map<string, number>();
  for (const { name } of systems) tails.set(tail(name), (tails.get(tail(name)) ?? 0) + 1);
  const series = new Map<string, Series>();
  let models = 0;
  for (const { name, kind } of systems) {
    const shortName = tails.get(tail(name)) === 1 ? tail(name) : name;
    if (kind === "first stage")
      series.set(name, { name, shortName, className: "s-first", shape: symbolSquare });
    else if (kind === "random")
      series.set(name, { name, shortName, className: "s-random", shape: symbolCross });
    else {
      const shape = SHAPES[models % SHAPES.length] as SymbolType;
      series.set(name, { name, shortName, className: `s${models % COLOURS}`, shape });
      models++;
    }
  }
  return series;
}

function tail(name: string): string {
  const end = name.slice(name.lastIndexOf("/") + 1).trim();
  return end === "" ? name : end;
}

/** The system's mark, `area` square pixels large, centred at (x, y). */
export function mark(series: Series, x: number, y: number, area: number): Markup {
  return html`<path class="mark" transform="translate(${x},${y})" d="${symbol(series.shape, area)() ?? ""}"/>`;
}

/** The mark as a picture of its own, beside the system's name in tables. */
export function markIcon(series: Series): Markup {
  return html`<svg class="icon ${series.className}" viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">${mark(series, 0, 0, 64)}</svg>`;
}
