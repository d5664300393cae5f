import { useTranslations } from "use-intl";
import type { Crumb } from "./found/breadcrumbs.ts";

/** The way down to a page as links, without the page itself. */
export function Path({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTranslations("shop.produce");
  return (
    <nav aria-label={t("path")} className="path">
      {crumbs.slice(0, -1).map(({ href, name }) => (
        <a key={href} href={href}>
          {name}
        </a>
      ))}
    </nav>
  );
}
