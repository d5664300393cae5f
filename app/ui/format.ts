import type { Locale } from "#app/i18n/locale.ts";

const TIME_ZONE = "Asia/Shanghai";
const GRAMS_PER_JIN = 500;

const tag: Record<Locale, string> = { zh: "zh-CN", en: "en-GB" };
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a DateTimeFormat costs far more than using it. */
function dateFormat(locale: Locale, style: "date" | "minute" | "month"): Intl.DateTimeFormat {
  const key = `${locale}:${style}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(tag[locale], {
      timeZone: TIME_ZONE,
      ...(style === "month"
        ? { year: "numeric", month: "long" }
        : { dateStyle: locale === "zh" ? "long" : "medium" }),
      timeStyle: style === "minute" ? "short" : undefined,
    });
    formats.set(key, format);
  }
  return format;
}

// The narrow sign: an English page of this market means yuan by ¥ as a Chinese one does.
const yuan = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "CNY",
  currencyDisplay: "narrowSymbol",
});

/** 5980 → "¥59.80", −300 → "−¥3.00" in both languages. Given as a decimal, so never rounded. */
export function formatFen(fen: number): string {
  return yuan.format(`${fen}e-2` as `${number}`).replace("-", "−");
}

/** The price of 500 g, rounded half up to the fen. */
export function fenPerJin(priceFen: number, unitGrams: number): number {
  return Math.floor((priceFen * GRAMS_PER_JIN * 2 + unitGrams) / (unitGrams * 2));
}

/** "59.8" → 5980; null when it is no amount in yuan with at most two decimals. */
export function parseYuan(text: string): number | null {
  const plain = text.trim().normalize("NFKC").replace("。", ".").replace(/^¥/, "");
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
}

/** A day: "2026年11月22日" or "22 Nov 2026". A date without time is that very day anywhere. */
export function formatDate(date: Date | string, locale: Locale): string {
  const isDay = typeof date === "string" && date.length === 10;
  return isDay ? formatDay(date, locale) : dateFormat(locale, "date").format(new Date(date));
}

/** A list says the same few days hundreds of times, and each would be put together anew. */
const days = new Map<string, string>();
const MOST_DAYS = 2_000;
function formatDay(day: string, locale: Locale): string {
  const key = `${locale} ${day}`;
  const before = days.get(key);
  if (before !== undefined) return before;
  if (days.size >= MOST_DAYS) days.clear();
  const words = dateFormat(locale, "date").format(new Date(`${day}T12:00:00+08:00`));
  days.set(key, words);
  return words;
}

/** A month: "2026-11" → "2026年11月" or "November 2026". */
export function formatMonth(month: string, locale: Locale): string {
  return dateFormat(locale, "month").format(new Date(`${month}-15T12:00:00+08:00`));
}

/** A moment in Shanghai's time: "2026年11月22日 14:05" or "22 Nov 2026, 14:05". */
export function formatDateTime(date: Date | string, locale: Locale): string {
  return dateFormat(locale, "minute").format(new Date(date));
}

/** "吉克家 · 树河镇" → "吉克家·树河镇": a Chinese font's dot is as wide as a character by itself. */
export function closeDots(text: string): string {
  return text.replace(/(?<=\p{Script=Han}) · (?=.)/gu, "·");
}
