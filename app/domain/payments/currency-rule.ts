const digitsOf = (code: string) =>
  new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions()
    .maximumFractionDigits ?? 2;

/** An amount in the smallest unit of a currency other than ours: "USD 9.00", "JPY 900". Pure. */
export function formatForeign(units: number, currency: string): string {
  const code = currency.toUpperCase();
  const digits = digitsOf(code);
  return `${code} ${(units / 10 ** digits).toFixed(digits)}`.replace("-", "−");
}

/**
 * Hundredths of a currency in its smallest unit: 900 of JPY are 9; null when there is no such amount. Pure.
 */
export function unitsOf(hundredths: number, currency: string): number | null {
  const digits = digitsOf(currency.toUpperCase());
  const units = digits < 2 ? hundredths / 10 ** (2 - digits) : hundredths * 10 ** (digits - 2);
  return Number.isSafeInteger(units) ? units : null;
}
