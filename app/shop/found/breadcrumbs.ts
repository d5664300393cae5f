import type { Locale } from "#app/i18n/locale.ts";
import { addressIn } from "./address-in.ts";

/** A step of the way down to a page; the last one is the page itself. */
export type Crumb = { href: string; name: string };

export function breadcrumbList(
  { publicUrl, locale }: { publicUrl: string; locale: Locale },
  crumbs: readonly Crumb[],
): Record<string, unknown> {
  return {
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(({ href, name }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: publicUrl + addressIn(locale, href),
    })),
  };
}
