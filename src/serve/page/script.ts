import { STATE_WORDS } from "./state-words.js";

/**
 * Keeps the page's figures up to date while it is seen, and asks for an API key where one is needed. The key stays in
 * the memory of the page. Figures are written as text, never as markup.
 */
export const SCRIPT = `
const byId = (id) => document.getElementById(id);
let key = "";
const STATES = ${JSON.stringify(STATE_WORDS)};

for (const code of document.querySelectorAll("pre")) {
  code.textContent = code.textContent.replaceAll(document.body.dataset.origin, location.origin);
}

function duration(seconds) {
  if (seconds < 120) return seconds + " s";
  if (seconds < 7200) return Math.round(seconds / 60) + " min";
  return seconds < 172800 ? Math.round(seconds / 3600) + " h" : Math.round(seconds / 86400) + " d";
}

function state(text, kind) {
  byId("state").textContent = text;
  byId("state").className = "state " + kind;
}

function row(model) {
  const line = document.createElement("tr");
  const cells = [
    ["th", model.name],
    ["td", model.aliases.join(", ") || "–"],
    ["td", STATES[model.status] ?? model.status],
    ["td", model.precision ?? "–"],
    ["td", model.maxTokens ?? "–"],
  ];
  for (const [tag, text] of cells) {
    const cell = document.createElement(tag);
    cell.textContent = text;
    line.append(cell);
  }
  return line;
}

async function update() {
  let answer;
  try {
    answer = await fetch("info", { headers: key === "" ? {} : { authorization: "Bearer " + key } });
  } catch {
    state("not reachable", "bad");
    return;
  }
  byId("key").hidden = answer.status !== 401;
  if (!answer.ok) {
    if (answer.status === 401) state("needs an API key", "wait");
    return;
  }
  const { models, live } = await answer.json();
  state(live.ready ? "ready" : "not ready", live.ready ? "good" : "wait");
  byId("live").hidden = false;
  byId("served").hidden = false;
  byId("answered").textContent = live.requests_answered.toLocaleString();
  byId("working").textContent = live.requests_under_way.toLocaleString();
  byId("up").textContent = duration(live.up_seconds);
  byId("models").replaceChildren(...models.map(row));
}

byId("key").addEventListener("submit", (event) => {
  event.preventDefault();
  key = byId("secret").value;
  update();
});
setInterval(() => document.hidden || update(), 2000);
update();
`;
