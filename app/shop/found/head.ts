import type { MetaDescriptor } from "@remix-run/react";
import { defaultLocale, type Locale, locales } from "#app/i18n/locale.ts";
import { addressIn } from "./address-in.ts";
import type { Crumb } from "./breadcrumbs.ts";
import { breadcrumbList } from "./breadcrumbs.ts";

export type Picture = { url: string; width: number; height: number; alt: string };

export type Found = {
  /** The page's own address, with nothing in it that shows the same: "/counties/513423". */
  path: string;
  title: string;
  description: string;
  picture?: Picture;
  crumbs?: readonly Crumb[];
  /** What else schema.org has a word for. */
  things?: readonly Record<string, unknown>[];
};

const TAG: Record<Locale, string> = { zh: "zh-CN", en: "en" };
const OPEN_GRAPH: Record<Locale, string> = { zh: "zh_CN", en: "en_GB" };

/**
 * How a public page is found and what it looks like where it is shared: its one address in each
 * language, a title, a picture, and the same in schema.org's words. The framework escapes `<` in
 * the JSON; a block of data is no script, so the policy that lets no inline script run lets it be.
 */
export function headOf(
  { publicUrl, locale }: { publicUrl: string; locale: Locale },
  found: Found,
): MetaDescriptor[] {
  const at = (inLocale: Locale) => publicUrl + addressIn(inLocale, found.path);
  const { title, description, picture, crumbs = [], things = [] } = found;
  const property = (name: string, content: string) => ({ property: `og:${name}`, content });
  const link = (rel: string, href: string, hrefLang?: string) => ({
    ...{ tagName: "link" as const, rel, href },
    ...(hrefLang && { hrefLang }),
  });
  return [
    { title },
    { name: "description", content: description },
    link("canonical", at(locale)),
    ...locales.map((each) => link("alternate", at(each), TAG[each])),
    link("alternate", at(defaultLocale), "x-default"),
    property("type", "website"),
    property("title", title),
    property("description", description),
    property("url", at(locale)),
    property("locale", OPEN_GRAPH[locale]),
    ...(picture
      ? [
          property("image", publicUrl + picture.url),
          property("image:width", String(picture.width)),
          property("image:height", String(picture.height)),
          property("image:alt", picture.alt),
        ]
      : []),
    ...(crumbs.length > 0 ? [breadcrumbList({ publicUrl, locale }, crumbs)] : [])
      .concat(things)
      .map((thing) => ({
        "script:ld+json": { "@context": "https://schema.org", ...thing } as Record<string, string>,
      })),
  ];
}
