import { RankwrightError } from "../../types/index.js";
import type { EndpointSpec } from "./endpoint-fields.js";

/** The key that a spec names. @throws RankwrightError INVALID_OPTION where the variable is not set */
export function keyOf({ apiKey, apiKeyEnv }: EndpointSpec): EndpointSpec["apiKey"] {
  if (apiKeyEnv === undefined) return apiKey;
  const key = process.env[apiKeyEnv];
  if (key) return key;
  const message = `apiKeyEnv is "${apiKeyEnv}", and no such environment variable is set; set it to the key`;
  throw new RankwrightError("INVALID_OPTION", message, { field: "apiKeyEnv", value: apiKeyEnv });
}
