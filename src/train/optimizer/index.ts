export { type AdamWStep, adamwStep } from "./adamw.js";
export { type Kernels, kernelModule } from "./kernels.js";
export {
  type OptimizerOptions,
  type OptimizerSettings,
  optimizerSettings,
} from "./options.js";
export { decays, type ParameterGroup, parameterGroups } from "./parameter-groups.js";
export { learningRateSchedule, SCHEDULES, type Schedule, type ScheduleOptions } from "./schedule.js";
