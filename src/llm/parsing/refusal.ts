/** How models begin when they decline in plain text; looked at only where no answer was found. */
const REFUSAL =
  /\b(?:i(?:['’]m| am) (?:very |so |truly )?(?:sorry|unable|not able)|i (?:can(?:['’]t|not| not)|won['’]t|will not|must decline|decline) (?:assist|help|comply|fulfil+|provide|rank|do|answer|to)\b|(?:cannot|can['’]t|unable to) (?:assist|comply|help|fulfil+|process|rank)\b|as an ai\b|against (?:my|our) (?:guidelines|policy|policies)|i (?:do not|don['’]t) feel comfortable)/i;

export function looksRefused(text: string): boolean {
  return REFUSAL.test(text.slice(0, 1000));
}
