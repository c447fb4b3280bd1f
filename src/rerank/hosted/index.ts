export { type HostedOptions, hosted } from "./hosted.js";
export { PROVIDER_NAMES, type ProviderName } from "./providers.js";
