import { type Latency, latencyChart } from "../charts/latency.js";
import { figure, responsive, type Section } from "../figure.js";
import type { ReportView } from "../report-view.js";

/** How long a query takes, per system. */
export function latencySection(view: ReportView): Section | null {
  const rows = view.report.systems.flatMap(({ name, latency }): Latency[] => {
    const series = view.series.get(name);
    return series && latency ? [{ series, ...latency }] : [];
  });
  const chart = responsive((width) => latencyChart(rows, width));
  if (!chart) return null;
  const body = figure(
    chart,
    "Time per query. The mark is the median (p50); the bar ends at the 95th percentile (p95), which 1 query in 20 exceeds. The upright stroke is the mean.",
  );
  return { id: "latency", title: "Latency", body };
}
