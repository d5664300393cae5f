import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";

/** The pages of a search are buttons: each sends what was looked for along. */
export function SearchPager(at: { search: string; page: number; pages: number }) {
  const t = useTranslations("chrome.pager");
  if (at.pages <= 1) return null;
  const { page, pages } = at;
  return (
    <form method="post" className="flex flex-wrap items-center justify-between gap-3">
      <input type="hidden" name="search" value={at.search} />
      {page > 1 && (
        <Button variant="quiet" name="page" value={page - 1}>
          {t("previous")}
        </Button>
      )}
      <span>{t("page", { page, pages })}</span>
      {page < pages && (
        <Button variant="quiet" name="page" value={page + 1}>
          {t("next")}
        </Button>
      )}
    </form>
  );
}
