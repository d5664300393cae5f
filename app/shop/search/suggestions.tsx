import { useTranslations } from "use-intl";
import { type Asked, noFilters, searchHref } from "./asked.ts";

/** Names that fit what was typed, each a search of its own: filters of this one may hide it. */
export function Suggestions({ asked, names }: { asked: Asked; names: readonly string[] }) {
  const t = useTranslations("shop.search");
  if (names.length === 0) return null;
  return (
    <nav aria-label={t("suggestions")} className="words one-row">
      <span aria-hidden="true">{t("suggestions")}</span>
      {names.map((name) => (
        <a key={name} href={searchHref(asked, { ...noFilters, text: name })}>
          {name}
        </a>
      ))}
    </nav>
  );
}
