import type { KeptAddress } from "#app/domain/addresses/address-book.ts";
import type { Locale } from "#app/i18n/locale.ts";

/** Region, township and street as each language writes them. */
export function addressLine(
  { regionZh, regionEn, township, street }: KeptAddress,
  locale: Locale,
): string {
  if (locale === "zh") return `${regionZh}${township}${street}`;
  return [street, township, regionEn].filter(Boolean).join(", ");
}
