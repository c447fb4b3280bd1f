/** A difference with its sign: `+0.0412`. */
export function signed(value: number): string {
  const text = Math.abs(value).toFixed(4);
  if (Number(text) === 0) return " 0.0000";
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** `<.001`, else three decimals: `.012`; 1 stays `1`. */
export function pText(p: number): string {
  if (p < 0.001) return "<.001";
  return p.toFixed(3) === "1.000" ? "1" : p.toFixed(3).slice(1);
}

/** Milliseconds with about three digits: `0.42`, `17.3`, `2480`. */
export function msText(ms: number): string {
  if (ms >= 100) return ms.toFixed(0);
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}
