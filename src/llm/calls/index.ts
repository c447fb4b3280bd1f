export { beforeDeadline } from "./before-deadline.js";
export { inParallel } from "./in-parallel.js";
export { checkPromptOptions } from "./prompt-options.js";
export { type PromptOptions, PromptSession, type Question, type SessionInput } from "./prompt-session.js";
export { Stopped, type StopReason, untilStopped } from "./stopped.js";
