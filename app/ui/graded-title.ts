import type { Locale } from "#app/i18n/locale.ts";

/** "盐源丑苹果 特级": many households write the grade into the name, and it is said only once. */
export function gradedTitle(locale: Locale, title: string, grade: string): string {
  if (title.toLowerCase().includes(grade.toLowerCase())) return title;
  return locale === "zh" ? `${title} ${grade}` : `${title}, ${grade.toLowerCase()}`;
}
