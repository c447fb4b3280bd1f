/** Replaces what must not be seen by `***`. */
export type Redact = (text: string) => string;

/** Shorter strings are words rather than secrets; hiding them would garble every message. */
const SHORTEST = 4;

/** A stretch of a secret as long as this is hidden even where the rest is missing. */
const FRAGMENT = 10;

/** What keys look like, also those that a server has shortened or masked itself. */
const PATTERNS = [
  /\bBearer\s+[^\s"',;]+/gi,
  /\b(?:sk|pa|hf|gsk|xai|jina|pcsk|nvapi|mxb|ze)[-_][\w*.…-]{4,}/g,
];

/** Hides the secrets, what is left of them after somebody shortened them, and whatever else looks like a key. */
export function redactor(secrets: readonly string[]): Redact {
  const hidden = new Set<string>();
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
      if (form.length >= SHORTEST) hidden.add(form);
    }
  }
  const longestFirst = [...hidden].sort((a, b) => b.length - a.length);
  return (text) => {
    let safe = text;
    for (const form of longestFirst) safe = safe.replaceAll(form, "***");
    // The plain form first, so that nothing of it is left at the edges of what another form matches.
    for (const form of longestFirst.toReversed()) safe = hideFragments(safe, form);
    for (const pattern of PATTERNS) safe = safe.replace(pattern, "***");
    return safe.replace(/(?:\*{3}){2,}/g, "***");
  };
}

function hideFragments(text: string, secret: string): string {
  let safe = "";
  let at = 0;
  while (at < text.length) {
    let length = FRAGMENT;
    if (at + length <= text.length && secret.includes(text.slice(at, at + length))) {
      while (at + length < text.length && secret.includes(text.slice(at, at + length + 1))) length++;
      safe += "***";
      at += length;
    } else {
      safe += text[at++];
    }
  }
  return safe;
}

/** A copy of what was thrown with nothing but names, messages and codes, and the same of its causes. */
export function redactedCause(thrown: unknown, redact: Redact, depth = 0): unknown {
  if (!(thrown instanceof Error)) return thrown === undefined ? undefined : redact(String(thrown));
  const { cause } = thrown;
  const copy = new Error(
    redact(thrown.message),
    cause === undefined || depth >= 4 ? undefined : { cause: redactedCause(cause, redact, depth + 1) },
  );
  copy.name = thrown.name;
  copy.stack = redact(thrown.stack ?? "");
  return "code" in thrown && typeof thrown.code === "string"
    ? Object.assign(copy, { code: thrown.code })
    : copy;
}
