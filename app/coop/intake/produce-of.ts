import type { WeighInView } from "#app/domain/intake/read-weigh-ins.ts";
import { type Locale, pick } from "#app/i18n/locale.ts";

/** "苹果 一级": what was weighed, with its grade. */
export function produceOf(
  { cropZh, cropEn }: Pick<WeighInView, "cropZh" | "cropEn">,
  grade: string,
  locale: Locale,
): string {
  return `${pick(locale, cropZh, cropEn)} ${grade}`;
}
