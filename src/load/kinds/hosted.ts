import { z } from "zod";
import { type HostedOptions, hosted, PROVIDER_NAMES, type ProviderName } from "../../rerank/index.js";
import { flag, oneOf, text, whole } from "../fields.js";
import type { Kind } from "../kind.js";
import { type EndpointSpec, endpointFields } from "../remote/endpoint-fields.js";
import { keyOf } from "../remote/key-of.js";
import { type LedgerSpec, ledgerFields, openLedger } from "../remote/ledger-fields.js";

/** A rerank API of a vendor or of a server of one's own, see `hosted`. */
export interface HostedSpec extends HostedFields {
  readonly hosted: ProviderName;
}

interface HostedFields
  extends EndpointSpec,
    LedgerSpec,
    Pick<HostedOptions, "documentsPerCall" | "truncate" | "maxDocumentTokens" | "scoreScale"> {
  /** As the provider calls it. */
  readonly model?: string | undefined;
}

export const hostedKind: Kind<ProviderName, HostedFields, never> = {
  key: "hosted",
  value: z.enum(PROVIDER_NAMES, { error: `give one of ${PROVIDER_NAMES.join(", ")}` }),
  fields: z.strictObject({
    ...endpointFields,
    ...ledgerFields,
    model: text("the name of a model as the provider calls it").optional(),
    documentsPerCall: whole(1),
    truncate: flag(),
    maxDocumentTokens: whole(1),
    scoreScale: oneOf("logit", "probability", "similarity", "rank"),
  }),
  async open({ value, fields, load: { fetch } }) {
    const { apiKey, apiKeyEnv, prices, budget, ...options } = fields;
    const ledger = openLedger({ prices, budget }, options.model);
    return hosted(value, { ...options, apiKey: keyOf(fields), ledger, fetch });
  },
};
