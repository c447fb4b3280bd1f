import type { Environment } from "../http/api-key.js";
import { isWithin, type Service } from "../http/endpoint.js";

const CHAT = { version: "/v1", path: "/chat/completions" };
const OPENAI = "https://api.openai.com/v1";

/** Who answers at a host, and where its key is by custom. Subdomains count. */
const VENDORS: Readonly<Record<string, Pick<Service, "keyVariables" | "keyHeader">>> = {
  "api.openai.com": { keyVariables: ["OPENAI_API_KEY"] },
  "openai.azure.com": { keyVariables: ["AZURE_OPENAI_API_KEY"], keyHeader: "api-key" },
  "api.anthropic.com": { keyVariables: ["ANTHROPIC_API_KEY"] },
  "api.mistral.ai": { keyVariables: ["MISTRAL_API_KEY"] },
  "api.together.xyz": { keyVariables: ["TOGETHER_API_KEY"] },
  "api.together.ai": { keyVariables: ["TOGETHER_API_KEY"] },
  "openrouter.ai": { keyVariables: ["OPENROUTER_API_KEY"] },
  "api.groq.com": { keyVariables: ["GROQ_API_KEY"] },
  "api.deepseek.com": { keyVariables: ["DEEPSEEK_API_KEY"] },
  "api.fireworks.ai": { keyVariables: ["FIREWORKS_API_KEY"] },
  "api.deepinfra.com": { keyVariables: ["DEEPINFRA_API_KEY"] },
  "api.cerebras.ai": { keyVariables: ["CEREBRAS_API_KEY"] },
  "api.x.ai": { keyVariables: ["XAI_API_KEY"] },
  "api.cohere.ai": { keyVariables: ["COHERE_API_KEY", "CO_API_KEY"] },
  "api.cohere.com": { keyVariables: ["COHERE_API_KEY", "CO_API_KEY"] },
  "generativelanguage.googleapis.com": { keyVariables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"] },
  "integrate.api.nvidia.com": { keyVariables: ["NVIDIA_API_KEY"] },
  "router.huggingface.co": { keyVariables: ["HF_TOKEN"] },
};

/**
 * The server behind a base URL. Without one, `OPENAI_BASE_URL`, then OpenAI. A vendor's key goes to that vendor
 * only, and `OPENAI_API_KEY` to OpenAI and to the host of `OPENAI_BASE_URL`: no other server is told a key that
 * the caller did not pass.
 */
export function chatService(baseUrl: string | undefined, env: Environment): Service & { baseUrl: string } {
  const own = env.OPENAI_BASE_URL?.trim() || OPENAI;
  const chosen = baseUrl ?? own;
  const host = hostOf(chosen);
  const vendor = host && Object.entries(VENDORS).find(([name]) => isWithin(host, name));
  if (vendor) return { ...CHAT, baseUrl: chosen, ...vendor[1] };
  const isOwn = host !== undefined && host === hostOf(own);
  return { ...CHAT, baseUrl: chosen, keyVariables: isOwn ? ["OPENAI_API_KEY"] : [] };
}

function hostOf(url: string): string | undefined {
  return typeof url === "string" && URL.canParse(url) ? new URL(url).hostname : undefined;
}
