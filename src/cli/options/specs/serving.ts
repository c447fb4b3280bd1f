import { decimal, type OptionSpec, oneOf, port, wholeNumber, words, yesNo } from "../option-types.js";

/** The server: models, limits, telemetry. */
export const SERVING_OPTIONS = {
  served: {
    type: words("DIR_OR_ID"),
    flag: "--model",
    many: true,
    help: "model folder, hub repository, or a .json file that combines several, to serve, the default first; may be given more than once; built-in is the built-in model",
    fallback: "those of --models, else built-in",
  },
  modelsFile: {
    type: words("FILE"),
    flag: "--models",
    help: "JSON file of models to serve by name: the id of each, what combines several, or another name of the file",
    fallback: "none",
  },
  alias: {
    type: words("NAME=MODEL"),
    many: true,
    help: "a further name that clients may give a model; may be given more than once",
    fallback: "none",
  },
  port: { type: port, help: "port to listen on; 0 for any that is free", fallback: "8787" },
  host: {
    type: words("ADDRESS"),
    help: "address to listen on; 0.0.0.0 for every network of this machine",
    fallback: "127.0.0.1, this machine alone",
  },
  apiKey: {
    type: words("KEY"),
    many: true,
    secret: true,
    help: "key of which callers must send one, plain or as sha256:HEX; other users see flags, so prefer the variable or --api-key-file",
    fallback: "none is needed",
  },
  apiKeyFile: {
    type: words("FILE"),
    help: "file with such keys, one a line; lines that begin with # are left out",
    fallback: "none",
  },
  cors: {
    type: words("ORIGIN"),
    many: true,
    help: "web page that may call from a browser, such as https://app.example; * for every page",
    fallback: "none",
  },
  maxBodyMb: { type: wholeNumber("MB", 1), help: "megabytes of a request, unpacked", fallback: "16" },
  servedDocuments: {
    type: wholeNumber("N", 1),
    flag: "--max-documents",
    help: "documents of a request at most",
    fallback: "10000",
  },
  maxDocumentCharacters: {
    type: wholeNumber("N", 1),
    help: "characters of a document at most",
    fallback: "500000",
  },
  maxQueryCharacters: { type: wholeNumber("N", 1), help: "characters of a query at most", fallback: "50000" },
  maxRequests: {
    type: wholeNumber("N", 1),
    help: "requests under way at most; more are told to come again",
    fallback: "512",
  },
  maxQueuedTokens: {
    type: wholeNumber("N", 1),
    help: "tokens that may wait for a model; requests beyond are told to come again",
    fallback: "1000000",
  },
  maxQueueMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds that a request may expect to wait for a model; where they are more, it is told to come again",
    fallback: "no limit",
  },
  headerTimeoutMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds in which the headers of a request must arrive",
    fallback: "10000",
  },
  bodyTimeoutMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds in which a body must arrive",
    fallback: "30000",
  },
  keepAliveMs: {
    type: wholeNumber("N", 1),
    help: "milliseconds that a connection is kept open between requests",
    fallback: "65000",
  },
  requestDeadlineMs: {
    type: wholeNumber("N", 1),
    flag: "--deadline-ms",
    help: "answer with the best ranking known after N milliseconds; callers may ask for less",
    fallback: "none",
  },
  graceSeconds: {
    type: wholeNumber("N", 0),
    help: "seconds that requests under way may take to end when the server stops",
    fallback: "30",
  },
  idleMinutes: {
    type: decimal("MINUTES", 0.001, 1_000_000),
    help: "unload a model after so long without a request",
    fallback: "never",
  },
  maxMemoryMb: {
    type: wholeNumber("MB", 1),
    help: "unload what was used least recently while the process holds more megabytes",
    fallback: "no bound",
  },
  cacheMb: {
    type: wholeNumber("MB", 1),
    help: "remember exact scores in so many megabytes of memory, about 4,000 pairs each",
    fallback: "none are remembered",
  },
  redis: {
    type: words("URL"),
    secret: true,
    help: "remember exact scores in a Redis server that several processes share; other users see flags, so prefer the variable where the URL holds a password",
    fallback: "none",
  },
  defaultForUnknown: { type: yesNo, help: "answer unknown model names with the default model" },
  dialect: {
    type: words("PATH=NAME"),
    many: true,
    help: "dialect of a path, whatever the body looks like, such as /v1/rerank=voyage",
    fallback: "by the body",
  },
  strict: { type: yesNo, help: "refuse fields that a dialect does not know" },
  logFormat: {
    type: oneOf("FORM", "json", "text"),
    help: "how log lines look",
    fallback: "text on a terminal, else json",
  },
  logLevel: {
    type: oneOf("LEVEL", "debug", "info", "warn", "error", "silent"),
    help: "least important lines to log",
    fallback: "info",
  },
  logText: {
    type: yesNo,
    help: "write queries into the log, and queries and documents into OpenTelemetry spans",
  },
  teiMetrics: { type: yesNo, help: "count under the names of Text Embeddings Inference too" },
  trace: {
    type: words("FILE"),
    help: "add requests and answers to a file of JSON Lines, without texts",
    fallback: "none",
  },
  traceShare: {
    type: decimal("SHARE", 0, 1),
    help: "share of the requests that --trace writes, drawn by chance",
    fallback: "1",
  },
  traceText: { type: yesNo, help: "let --trace write texts too" },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;
