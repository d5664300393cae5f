import { formatForeign, unitsOf } from "#app/domain/payments/currency-rule.ts";
import { formatFen, parseYuan } from "#app/ui/format.ts";

/** An amount in the smallest unit of its currency: "¥59.80", "USD 9.00", "JPY 900". */
export function formatAmount(fen: number, currency: string): string {
  return currency === "cny" ? formatFen(fen) : formatForeign(fen, currency);
}

/** What was typed of a currency, in its smallest unit; null when it is no such amount. */
export function parseAmount(text: string, currency: string): number | null {
  // "¥" says yuan; where yen are owed nobody can tell which of the two is meant.
  if (currency !== "cny" && /[¥￥]/.test(text)) return null;
  const hundredths = parseYuan(text);
  return hundredths === null ? null : unitsOf(hundredths, currency);
}
