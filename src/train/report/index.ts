export { renderTrainingReport } from "./render-training-report.js";
export {
  type BaseModel,
  type DataFacts,
  type FurtherFacts,
  type TrainedModel,
  type TrainingFacts,
  trainingFacts,
} from "./training-facts.js";
export { type TrainingTask, VALIDATION, type ValidationWords } from "./validation-words.js";
