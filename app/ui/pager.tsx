import { useTranslations } from "use-intl";

/** Links to the page before and after; `href` keeps whatever else the URL says. */
export function Pager({
  page,
  pages,
  href,
}: {
  page: number;
  pages: number;
  href: (page: number) => string;
}) {
  const t = useTranslations("chrome.pager");
  if (pages <= 1) return null;
  return (
    <nav
      aria-label={t("label")}
      className="mt-4 flex flex-wrap items-center justify-between gap-3 whitespace-nowrap"
    >
      {page > 1 ? (
        <a className="btn btn-quiet" rel="prev" href={href(page - 1)}>
          {t("previous")}
        </a>
      ) : (
        <span />
      )}
      <span>{t("page", { page, pages })}</span>
      {page < pages ? (
        <a className="btn btn-quiet" rel="next" href={href(page + 1)}>
          {t("next")}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
