export { renderModelCard } from "./render-model-card.js";
export { writeModelCard } from "./write-model-card.js";
