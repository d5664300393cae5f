import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { Pager } from "./pager.tsx";

/** `path` is where the whole list is; `search` is empty of the whole list. */
type At = { path: string; search: string; page: number; pages: number };

/** The pages of a list are links, those of a search buttons: each sends what was looked for along. */
export function SearchPager({ path, search, page, pages }: At) {
  const t = useTranslations("chrome.pager");
  if (search === "") {
    return <Pager page={page} pages={pages} href={(to) => `${path}?page=${to}`} />;
  }
  if (pages <= 1) return null;
  return (
    <form method="post" className="flex flex-wrap items-center justify-between gap-3">
      <input type="hidden" name="search" value={search} />
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
