export { checkInt8, type Int8CheckOptions } from "./check-int8.js";
export { approveInt8, INT8_RECORD } from "./int8-record.js";
export { INT8_BOUNDS, type Int8Bounds, type Int8Report, int8Problems } from "./int8-report.js";
