/** Judges for tests: a server that speaks OpenAI's protocol, or a chat model, with a truth that only the test knows. */
export type { JudgeEngineOptions } from "./judge-engine.js";
export { type JudgeSimulator, type JudgeSimulatorOptions, startJudgeSimulator } from "./judge-simulator.js";
export type { Question, QuestionKind, ShownDocument } from "./recognise/question.js";
export type { Prompt, Recogniser } from "./recognise/recognise.js";
export type { SimulatorCounts } from "./server/counts.js";
export type { Fault, FaultRates } from "./server/faults.js";
export { type SimulatedChatModelOptions, simulatedChatModel } from "./simulated-chat-model.js";
export type { MalformedClass, SimulatedJudge } from "./simulated-judge.js";
export type { Truth, TruthFunction } from "./truth.js";
