import { formatFen } from "#app/ui/format.ts";

/** An amount in the smallest unit of its currency: "¥59.80", "USD 9.00", "JPY 900". */
export function formatAmount(fen: number, currency: string): string {
  if (currency === "cny") return formatFen(fen);
  const code = currency.toUpperCase();
  const digits =
    new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  return `${code} ${(fen / 10 ** digits).toFixed(digits)}`.replace("-", "−");
}
