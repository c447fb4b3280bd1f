/** The page's style sheet; colours are variables, so that dark mode exchanges only those. */
export const STYLE = `
:root {
  --paper: #fff; --ink: #1a1f26; --soft: #59636e; --rule: #d3d8de; --grid: #e9ecef; --code: #f5f6f8;
  --good: #1f7a3f; --bad: #b3261e; --wait: #8a5a00; --link: #2468ae;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #13161a; --ink: #e4e8ec; --soft: #9ba6b1; --rule: #3a424b; --grid: #272d34; --code: #1b2026;
    --good: #5cc486; --bad: #f2877c; --wait: #e0a93e; --link: #69a9e8;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 400 16px/1.5 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
main { max-width: 820px; margin: 0 auto; padding: 56px 24px 80px; }
h1 { font-size: 30px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em; margin: 0; }
h2 { font-size: 20px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; margin: 0 0 16px; }
p { margin: 0; }
a { color: var(--link); text-underline-offset: 3px; }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: baseline; }
.state { font-size: 14px; font-weight: 600; white-space: nowrap; }
.state::before { content: ""; display: inline-block; width: 9px; height: 9px; border-radius: 50%; margin-right: 7px; background: currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
.lead { margin-top: 10px; color: var(--soft); }
section { border-top: 1px solid var(--rule); margin-top: 40px; padding-top: 24px; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(90px, 1fr)); gap: 16px; margin: 24px 0 0; }
.figures dt { color: var(--soft); font-size: 13px; }
.figures dd { margin: 0; font-size: 22px; font-weight: 600; letter-spacing: -0.01em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14.5px; line-height: 1.4; }
th, td { text-align: left; padding: 8px 0 8px 20px; vertical-align: baseline; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; }
thead th { color: var(--soft); font-size: 13px; border-bottom: 1px solid var(--ink); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--grid); }
tbody th { font-weight: 600; }
th, td { overflow-wrap: normal; }
.soft { color: var(--soft); }
details { border-top: 1px solid var(--grid); }
details:last-of-type { border-bottom: 1px solid var(--grid); }
summary { cursor: pointer; padding: 10px 0; font-weight: 600; font-size: 15px; }
summary span { color: var(--soft); font-weight: 400; margin-left: 6px; }
summary:focus-visible, a:focus-visible, input:focus-visible, button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
pre {
  margin: 0 0 14px; padding: 14px 16px; background: var(--code); border-radius: 8px; overflow-x: auto;
  font: 13px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: normal;
}
code { font: 0.92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
form { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 16px; }
input, button { font: inherit; font-size: 14.5px; padding: 7px 11px; border-radius: 6px; border: 1px solid var(--rule); background: var(--paper); color: var(--ink); }
input { flex: 1 1 220px; min-width: 0; }
ul { margin: 0; padding-left: 20px; }
li + li { margin-top: 4px; }
[hidden] { display: none; }
@media (max-width: 620px) {
  main { padding: 28px 16px 48px; }
  h1 { font-size: 24px; }
  section { margin-top: 32px; padding-top: 20px; }
  th, td { padding-left: 14px; }
}
`;
