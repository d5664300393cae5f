import type { Locale } from "./locale.ts";

const tag: Record<Locale, string> = { zh: "zh-CN", en: "en-GB" };
const formats = new Map<Locale, Intl.DateTimeFormat>();

/** "11月27日周五" or "Fri 27 Nov": a day by Shanghai's clock, with its weekday. */
export function dayWords(day: string, locale: Locale): string {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.DateTimeFormat(tag[locale], {
      ...{ timeZone: "Asia/Shanghai", weekday: "short", day: "numeric" },
      month: locale === "zh" ? "long" : "short",
    });
    formats.set(locale, format);
  }
  return format.format(new Date(`${day}T12:00:00+08:00`)).replace(",", "");
}

/** 510 → "8:30": a minute of the day. */
export const minuteWords = (minute: number): string =>
  `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;

/** "11月27日周五 8:00–10:00": a day and the hours in which somebody is there. */
export function meetingWords(
  at: { collectsOn: string; fromMinute: number; untilMinute: number },
  locale: Locale,
): string {
  const hours = `${minuteWords(at.fromMinute)}–${minuteWords(at.untilMinute)}`;
  return `${dayWords(at.collectsOn, locale)}${locale === "zh" ? " " : ", "}${hours}`;
}
