import { randomBytes } from "node:crypto";
import { html, Markup } from "../../evaluate/report/html.js";
import type { ModelState } from "../models/served-model.js";
import { curl, examplesFor } from "./examples.js";
import { SCRIPT } from "./script.js";
import { STATE_WORDS } from "./state-words.js";
import { STYLE } from "./style.js";

export interface PageFacts {
  /** Such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  readonly version: string;
  /** Whether callers need a key. The page then tells nothing about models until it has one. */
  readonly keysRequired: boolean;
  readonly ready: boolean;
  readonly states: readonly ModelState[];
}

/** The page for people: what is served, how to call it, how it is doing. It loads nothing from elsewhere. */
export function renderPage(facts: PageFacts): Response {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy.join("; "),
    "cache-control": "no-store",
  };
  return new Response(`<!doctype html>\n${page(facts, nonce).text}`, { headers });
}

function page({ origin, version, keysRequired, ready, states }: PageFacts, nonce: string): Markup {
  const known = keysRequired ? [] : states;
  const examples = examplesFor(known[0]?.name);
  return html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>rankwright</title>
<style>${new Markup(STYLE)}</style>
</head>
<body data-origin="${origin}">
<main>
<header><h1>rankwright <span class="soft">${version}</span></h1>
<span id="state" role="status" class="state ${ready ? "good" : "wait"}">${ready ? "ready" : "not ready"}</span></header>
<p class="lead">A re-ranking server: send a query and documents, get them back in order of how well they answer.</p>
<form id="key" hidden><input id="secret" type="password" autocomplete="off" aria-label="API key" placeholder="API key"><button>Show</button></form>
<dl id="live" class="figures"${new Markup(keysRequired ? " hidden" : "")}>
<div><dt>Answered</dt><dd id="answered">–</dd></div>
<div><dt>Under way</dt><dd id="working">–</dd></div>
<div><dt>Up for</dt><dd id="up">–</dd></div>
</dl>
<section id="served"${new Markup(keysRequired ? " hidden" : "")}>
<h2>Models</h2>
<div class="scroll"><table>
<thead><tr><th>Name</th><th>Also called</th><th>State</th><th>Precision</th><th>Tokens</th></tr></thead>
<tbody id="models">${known.map(row)}</tbody>
</table></div>
</section>
<section>
<h2>Call it</h2>
${examples.map(
  (example, index) => html`<details name="call"${new Markup(index === 0 ? " open" : "")}>
<summary>${example.title} <span>${example.clients}</span></summary>
<pre>${curl(origin, example, keysRequired)}</pre>
</details>
`,
)}
</section>
<section>
<h2>More</h2>
<ul>
<li><a href="openapi.json">openapi.json</a>: every path, request and answer</li>
<li><a href="health">health</a>: whether the model gives scores</li>
<li><a href="metrics">metrics</a>: for Prometheus</li>
<li><a href="v1/models">v1/models</a>: models and aliases</li>
</ul>
</section>
</main>
<script nonce="${nonce}">${new Markup(SCRIPT)}</script>
</body>
</html>
`;
}

function row({ name, aliases, status, info }: ModelState): Markup {
  return html`<tr><th>${name}</th><td>${aliases.join(", ") || "–"}</td><td>${STATE_WORDS[status]}</td><td>${info.precision ?? "–"}</td><td>${info.maxTokens ?? "–"}</td></tr>`;
}
