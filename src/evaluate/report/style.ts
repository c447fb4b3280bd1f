/**
 * The page's style sheet. Colours are variables, so that dark mode and print only exchange those; series
 * colours stay apart for the common kinds of colour blindness, and shapes repeat what they say.
 */
export const STYLE = `
:root {
  --paper: #fff; --ink: #1a1f26; --soft: #59636e; --rule: #d3d8de; --grid: #e9ecef;
  --win: #2468ae; --loss: #bd4f0e; --tie: #98a1ab; --band: #1a1f2614;
  --first: #4a535d; --random: #8a939d;
  --c0: #7c1876; --c1: #2e97b0; --c2: #ea5973; --c3: #316440; --c4: #8f9031; --c5: #633004; --c6: #0661c4;
  --best: #1a1f26; --recall: #2468ae; --notice: #8a5a00;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #13161a; --ink: #e4e8ec; --soft: #9ba6b1; --rule: #3a424b; --grid: #272d34;
    --win: #69a9e8; --loss: #ec8a4b; --tie: #6d7782; --band: #e4e8ec1c;
    --first: #b4bdc7; --random: #7d8792;
    --c0: #a98bb9; --c1: #8ee4fc; --c2: #f5c19f; --c3: #3e915a; --c4: #d2d167; --c5: #ad7620; --c6: #209bf6;
    --best: #e4e8ec; --recall: #69a9e8; --notice: #e0a93e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-behavior: smooth; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 400 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
main { max-width: 1064px; margin: 0 auto; padding: 56px 24px 80px; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; margin: 0 0 8px; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 20px; }
h3 { font-size: 14px; line-height: 1.4; font-weight: 600; margin: 0 0 8px; }
p { margin: 0; }
a { color: inherit; }
section { border-top: 1px solid var(--rule); margin-top: 48px; padding-top: 28px; }
.facts, .key, .sub, figcaption, .count { color: var(--soft); }
.facts b { color: var(--ink); font-weight: 600; }
.facts, .count { font-size: 15px; }
.count { margin-top: 16px; }
.key { font-size: 13px; margin-top: 10px; }
.key + .scroll { margin-top: 32px; }
.sub { display: block; font-size: 12.5px; font-weight: 400; line-height: 1.4; }
.verdict { display: flex; gap: 14px; margin-top: 28px; max-width: 900px; font-size: 21px; line-height: 1.45; letter-spacing: -0.006em; }
.verdict strong { font-weight: 650; }
.verdicts { list-style: none; padding: 0; margin: 16px 0 0; font-size: 15px; max-width: 900px; }
.verdicts li { display: flex; gap: 14px; margin-top: 6px; }
.verdict .sign, .verdicts .sign { width: 22px; flex: none; text-align: center; }
.better > .sign, .up { color: var(--win); }
.worse > .sign, .down { color: var(--loss); }
.unclear > .sign { color: var(--soft); }
.warnings { margin-top: 24px; border-left: 3px solid var(--notice); padding: 2px 0 2px 16px; font-size: 14.5px; max-width: 900px; }
.warnings h2 { font-size: 14px; margin: 0 0 4px; color: var(--notice); letter-spacing: 0; }
.warnings ul { margin: 0; padding-left: 18px; }
nav { margin-top: 28px; font-size: 14px; line-height: 2; color: var(--soft); }
nav a { margin-right: 11px; text-decoration-color: var(--rule); text-underline-offset: 4px; white-space: nowrap; }
nav a:hover { color: var(--ink); text-decoration-color: currentColor; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; line-height: 1.4; }
th, td { text-align: left; padding: 8px 0 8px 20px; vertical-align: baseline; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--soft); font-size: 13px; border-bottom: 1px solid var(--ink); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--grid); }
tbody th { min-width: 150px; }
.n { text-align: right; white-space: nowrap; }
td b { font-weight: 650; }
.n > span.up, .n > span.down { font-size: 10px; vertical-align: 1px; }
.who { display: inline-flex; align-items: baseline; gap: 8px; }
.who .icon { flex: none; transform: translateY(2px); }
th .who + .sub { padding-left: 22px; }
.changes b { font-weight: 500; }
.changes tbody th { min-width: 160px; }
.text { display: block; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 48px; margin-top: 12px; }
details { margin-top: 20px; }
summary { cursor: pointer; font-size: 14.5px; color: var(--soft); padding: 4px 0; }
summary:hover { color: var(--ink); }
details[open] > summary { margin-bottom: 12px; color: var(--ink); }

figure { margin: 0; display: grid; grid-template-columns: 720px 1fr; gap: 40px; align-items: start; }
figure + .scroll, figure + details { margin-top: 28px; }
figcaption { font-size: 13.5px; line-height: 1.5; }
figcaption p + p { margin-top: 10px; }
.picture { min-width: 0; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 36px 32px; }
.panel { min-width: 0; }
.panels > .panel { max-width: 460px; }
.panel h3 .sub { margin-top: 2px; }
.chart { display: block; width: 100%; height: auto; overflow: visible; font-size: 13px; }
.narrow { display: none; }

.findings { list-style: none; margin: 0; padding: 0; }
.findings li { display: grid; grid-template-columns: 104px minmax(0, 4fr) minmax(0, 7fr); gap: 4px 24px; padding: 16px 0; }
.findings li + li { border-top: 1px solid var(--grid); }
.findings li:first-child { padding-top: 0; }
.findings h3 { font-size: 15px; margin: 0; }
.findings p { font-size: 14.5px; }
.measured { color: var(--soft); }
.advice { margin-top: 6px; }
.advice::before { content: "→ "; color: var(--soft); }
.badge { font-size: 13.5px; font-weight: 600; line-height: 1.65; white-space: nowrap; }
.badge > span { display: inline-block; width: 20px; height: 20px; line-height: 20px; border-radius: 50%; text-align: center; margin-right: 6px; font-size: 11px; border: 1.5px solid; line-height: 17px; }
.problem .badge { color: var(--loss); }
.notice .badge { color: var(--notice); }
.unknown .badge { color: var(--soft); }
.ok .badge { color: var(--win); }

dl { margin: 0; font-size: 14.5px; }
dl > div { display: grid; grid-template-columns: 200px minmax(0, 1fr); gap: 4px 24px; padding: 7px 0; }
dl > div + div { border-top: 1px solid var(--grid); }
dt { color: var(--soft); }
dd { margin: 0; max-width: 720px; }
.terms dt { color: var(--ink); font-weight: 600; }

svg text { fill: var(--ink); }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
svg .tick { fill: var(--soft); font-size: 12px; }
svg .note { fill: var(--soft); font-size: 12px; }
svg .small { font-size: 11px; }
.halo { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.grid { stroke: var(--grid); }
.axis { stroke: var(--soft); }
.zero { stroke: var(--soft); }
.s-first { --c: var(--first); } .s-random { --c: var(--random); } .s-best { --c: var(--best); } .s-recall { --c: var(--recall); }
.s0 { --c: var(--c0); } .s1 { --c: var(--c1); } .s2 { --c: var(--c2); } .s3 { --c: var(--c3); }
.s4 { --c: var(--c4); } .s5 { --c: var(--c5); } .s6 { --c: var(--c6); }
.win { --c: var(--win); } .loss { --c: var(--loss); } .tie { --c: var(--tie); }
rect.win, rect.loss, rect.tie { fill: var(--c); }
.dense { shape-rendering: crispEdges; }
.mark { fill: var(--c); }
.dot { fill: var(--c); stroke: var(--c); stroke-width: 1.5; }
.dot.hollow, .s-recall .dot { fill: var(--paper); stroke-width: 2; }
.line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
.line.faint { stroke-width: 1; opacity: 0.5; }
.bar { stroke: var(--c); stroke-width: 3; }
.stem { stroke: var(--c); stroke-width: 1.5; }
.cap, .leader { stroke: var(--c); }
.cap { stroke-width: 2; }
.leader { opacity: 0.6; }
.level { stroke: var(--c); stroke-width: 1.5; stroke-dasharray: 5 4; }
.band { fill: var(--band); }
line.mean { stroke: var(--ink); stroke-width: 1.5; }
.headroom { fill: var(--band); }
.diagonal { stroke: var(--soft); stroke-dasharray: 3 4; }
.whisker { stroke: var(--c); stroke-width: 1.5; }
.pairs { stroke: var(--tie); stroke-width: 5; }
.relevant { fill: var(--c); opacity: 0.85; }
.other { fill: var(--tie); opacity: 0.85; }

@media (max-width: 1063px) {
  figure { grid-template-columns: minmax(0, 1fr); gap: 16px; }
  figcaption { max-width: 640px; }
  .picture > .wide { max-width: 720px; }
}
@media (max-width: 760px) {
  .pair { grid-template-columns: minmax(0, 1fr); gap: 28px; }
}
@media (max-width: 620px) {
  main { padding: 28px 16px 48px; }
  h1 { font-size: 24px; }
  .verdict { font-size: 18px; margin-top: 20px; }
  .verdict, .verdicts li { gap: 10px; }
  section { margin-top: 36px; padding-top: 22px; }
  .wide { display: none; }
  .narrow { display: block; max-width: 460px; }
  th, td { padding-left: 14px; }
  .scroll tbody th { min-width: 132px; max-width: 180px; position: sticky; left: 0; background: var(--paper); }
  .scroll .changes tbody th { position: static; max-width: none; }
  .findings li { grid-template-columns: minmax(0, 1fr); }
  dl > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@media print {
  @page { margin: 15mm; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  section { break-inside: auto; margin-top: 24px; padding-top: 16px; }
  figure { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  figure, tr, .panel, .findings li, dl > div { break-inside: avoid; }
  h2, h3, summary { break-after: avoid; }
  .wide { display: block; max-width: 720px; }
  .narrow { display: none; }
  .scroll { overflow: visible; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
`;
