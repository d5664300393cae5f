/** A step of the way down to a page; the last one is the page itself. */
export type Crumb = { href: string; name: string };

export function breadcrumbList(
  publicUrl: string,
  crumbs: readonly Crumb[],
): Record<string, unknown> {
  return {
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(({ href, name }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: publicUrl + href,
    })),
  };
}
