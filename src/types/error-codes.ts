/**
 * The catalogue of everything that can go wrong: stable codes, one line each.
 * docs/errors.md is generated from it (a test keeps the two equal).
 */
export const ERROR_CODES = {
  // What the caller asked for
  EMPTY_QUERY: "The query holds no text.",
  NO_DOCUMENTS: "The request holds no documents.",
  INVALID_DOCUMENT: "A document is neither a string nor an object with a string `text`.",
  INVALID_OPTION: "An option or request field has a value outside its range.",
  TOO_MANY_DOCUMENTS: "The request holds more documents than the limit.",
  DOCUMENT_TOO_LONG: "A document is longer than the limit on characters.",
  DOCUMENT_TRUNCATED: "A document does not fit and the truncation policy is `error`.",
  ABORTED: "The caller aborted the call.",
  CLOSED: "The reranker was used after `close()`.",
  WRONG_USAGE: "The command line, an environment variable or the config file cannot be meant as it stands.",
  // Files that hold candidates
  FILE_NOT_FOUND: "A file or folder does not exist or cannot be read.",
  INVALID_UTF8: "A file is not valid UTF-8.",
  INVALID_JSON: "A file or line is not valid JSON.",
  INVALID_RECORD: "A line is valid JSON but not a document.",
  // Files of any kind
  EMPTY_FILE: "A file holds nothing of what it should hold.",
  LINE_TOO_LONG: "A line of a file is longer than the limit.",
  INVALID_COMPRESSION: "A file is compressed in a way that is not read, or its compressed data is damaged.",
  INVALID_PARQUET: "A Parquet file is damaged or lacks a column.",
  MISSING_DEPENDENCY: "An optional package that the call needs is not installed.",
  // Judged collections
  INVALID_RUN: "A run has a malformed line, a score that is not finite, or a document twice for one query.",
  INVALID_QRELS:
    "Judgments have a malformed line, a grade that is not whole, or a document twice for one query.",
  INVALID_TOPICS: "A file of queries holds a line or a block that is not a query.",
  DUPLICATE_ID: "Two documents or two queries of a collection have the same id.",
  INVALID_COLLECTION: "The parts of a collection are missing, empty or do not belong together.",
  NO_COMMON_QUERIES: "Two sides that belong together, such as a run and judgments, share no query.",
  NO_JUDGMENTS: "The call measures quality, and the collection has no relevance judgments.",
  INVALID_MEASURE: "A measure is unknown, or a parameter of it is unknown or outside its range.",
  // Training
  INVALID_TRAINING_DATA:
    "A line of training data is of no known shape, contradicts itself or another line, or does not suit the loss.",
  INVALID_CHECKPOINT:
    "A checkpoint of a training is damaged, or belongs to a training with other data or options.",
  TRAINING_DIVERGED: "A loss or the norm of a gradient is not a finite number; the step was not applied.",
  INT8_LOSS_TOO_LARGE: "A model ranks too differently in int8 than in float32; int8 was not approved.",
  // Files that we write for the caller
  WRITE_FAILED: "A file could not be written.",
  // Model folders
  MODEL_NOT_FOUND: "The model is neither a folder, nor in the cache, nor on the hub.",
  MODEL_FILE_MISSING: "A file that every model of this kind needs is absent.",
  INVALID_CONFIG: "config.json is malformed or contradicts itself.",
  UNSUPPORTED_ARCHITECTURE: "No forward pass is known for this `model_type`.",
  UNSUPPORTED_FEATURE: "The model asks for a variant that is not implemented.",
  INVALID_SAFETENSORS: "A safetensors file is truncated or lies about its contents.",
  MISSING_TENSOR: "The checkpoint lacks a tensor that the architecture needs.",
  TENSOR_SHAPE: "A tensor of the checkpoint has another shape than the config says.",
  INVALID_TOKENIZER: "tokenizer.json is malformed or of a kind that is not supported.",
  TOKENIZER_MISMATCH: "The tokenizer can produce ids that the model has no embedding for.",
  INVALID_ONNX: "An ONNX file cannot be loaded or has inputs or outputs that no rule covers.",
  // Serving
  INVALID_REQUEST:
    "The body of an HTTP request has a field that is missing, unknown in strict mode, or of the wrong kind.",
  UNKNOWN_ROUTE: "There is nothing at this path, or not for this method.",
  UNKNOWN_MODEL: "The server has no model of this name.",
  UNAUTHORIZED: "The API key is missing or not one of the server's.",
  REQUEST_TOO_LARGE: "A request's body, its documents or their text exceed a limit of the server.",
  OVERLOADED: "More work is waiting than the server accepts; try again after the time it names.",
  SHUTTING_DOWN: "The server is ending and takes no more requests.",
  REQUEST_TIMEOUT: "The body of a request did not arrive in time.",
  DEADLINE_EXCEEDED:
    "The time of a request was over before any document had a score, or a remote model had answered.",
  MODEL_UNAVAILABLE: "A model of the server could not be loaded; it is tried again later.",
  LISTEN_FAILED: "The server could not open its port.",
  // Running
  SESSION_FAILED: "ONNX Runtime refused a graph or failed while running it.",
  NON_FINITE_SCORE: "A model gave a score that is not a finite number.",
  INVALID_PLUGIN_RESULT: "A custom scorer or reranker returned a result that breaks its contract.",
  DISK_FULL: "A file could not be written because the disk or quota is full.",
  CACHE_FAILED: "A cache cannot be created, read or written.",
  FALLBACK_EXHAUSTED: "None of the rerankers of a fallback answered; try again later.",
  // Language models and rerank APIs elsewhere
  REMOTE_UNAUTHORIZED: "A server of a remote model wants a key, or another one.",
  REMOTE_NOT_FOUND: "A server of a remote model has no such model or path.",
  REMOTE_REJECTED: "A server of a remote model calls the request malformed.",
  REMOTE_RATE_LIMITED: "A server of a remote model answered 429 until the retries were used up.",
  REMOTE_UNAVAILABLE: "A server of a remote model could not be reached or answered with a server error.",
  REMOTE_TIMEOUT: "A server of a remote model did not answer in time.",
  REMOTE_BAD_RESPONSE:
    "A server of a remote model answered with what its protocol does not allow: no JSON, an index out of range or twice.",
  CONTEXT_EXCEEDED: "A prompt is longer than a remote model can read.",
  CONTENT_REFUSED: "A remote model declined to answer.",
  LOGPROBS_MISSING: "The call needs log probabilities, and the server gives none.",
  BUDGET_EXCEEDED: "The next call could cost more than is left of the budget.",
  INVALID_PROMPT: "A prompt template is malformed, or lacks or misspells a variable.",
  INVALID_JOURNAL: "A journal of judgments is damaged in the middle, or belongs to other questions.",
  JOURNAL_LOCKED: "Another process writes this journal.",
  // Preferences
  INVALID_COMPARISONS:
    "Comparisons name the same item twice, or have a weight or probability outside its range.",
  NOT_CONNECTED: "Comparisons leave items without a finite score, and nothing regularises the fit.",
  // The hub
  OFFLINE: "The model is not in the cache and offline mode forbids asking the hub.",
  HUB_UNAUTHORIZED: "The hub wants a (different) token, or the model is gated.",
  HUB_NOT_FOUND: "The hub knows no such repository, revision or file.",
  HUB_RATE_LIMITED: "The hub answered 429 until the retries were used up.",
  HUB_UNAVAILABLE: "The hub could not be reached or answered with a server error.",
  HUB_TIMEOUT: "The hub stopped sending.",
  HUB_CHECKSUM: "A downloaded file does not match its checksum or size.",
  HUB_BAD_RESPONSE:
    "The endpoint answered with what no hub sends: malformed JSON, a file name that leaves the folder.",
  // A defect of ours
  INTERNAL: "A state that should be impossible; please report it.",
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
