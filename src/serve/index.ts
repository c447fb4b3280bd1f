export type { DialectSettings } from "./dialects/index.js";
export { SERVER_LIMITS, type ServerLimits } from "./limits/limits.js";
export type { Listening, ListenOptions } from "./listen.js";
export type { ModelInfo, ServedModel } from "./models/served-model.js";
export type { ServerOptions } from "./options.js";
export { createServer, type RerankServer } from "./server.js";
export type { TraceOptions } from "./telemetry/request-trace.js";
