/** The bounds of what is weighed, as the database holds them too. */

/** A lorry's load; more on one slip is a slip of the finger. */
export const MOST_GRAMS = 5_000_000;

export const correctionReasons = [
  "misread",
  "wrong-household",
  "wrong-crop",
  "taken-back",
  "other",
] as const;
export type CorrectionReason = (typeof correctionReasons)[number];

export type WeightProblem = "atLeastOne" | "tooMany" | "tareTooHeavy";
export type WeightProblems = Partial<Record<"gross" | "tare", WeightProblem>>;

/** What is wrong with two weights in whole grams; nothing where something is left beside the tare. */
export function weightProblems(weights: { grossGrams: number; tareGrams: number }): WeightProblems {
  const { grossGrams, tareGrams } = weights;
  const isWhole = (grams: number) => Number.isSafeInteger(grams) && grams >= 0;
  const problems: WeightProblems = {};
  if (!isWhole(grossGrams) || grossGrams === 0) problems.gross = "atLeastOne";
  else if (grossGrams > MOST_GRAMS) problems.gross = "tooMany";
  if (!isWhole(tareGrams)) problems.tare = "atLeastOne";
  else if (tareGrams > MOST_GRAMS) problems.tare = "tooMany";
  else if (!problems.gross && tareGrams >= grossGrams) problems.tare = "tareTooHeavy";
  return problems;
}

/** "12.35" or "12,35" → 12350; null when it is no weight in kilograms to the gram. */
export function parseKilograms(text: string): number | null {
  const plain = text.trim().normalize("NFKC").replace(/[。,]/, ".");
  const match = /^(\d{1,5})(?:\.(\d{1,3}))?$/.exec(plain);
  if (!match) return null;
  return Number(match[1]) * 1_000 + Number((match[2] ?? "").padEnd(3, "0"));
}

/** Whether eight digits are a card's: the last is made of the seven before it (Luhn, ISO/IEC 7812). */
export function isIntakeCode(text: string): boolean {
  if (!/^\d{8}$/.test(text)) return false;
  const sum = [...text].reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
