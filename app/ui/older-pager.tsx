import { useTranslations } from "use-intl";
import { ButtonLink } from "./button.tsx";

/** Links of a list that goes by key, newest first: on to what is older, and back to the start. */
export function OlderPager({
  href,
  older,
  isOlder,
}: {
  /** The newest page. */
  href: string;
  /** The `before` of the next page; null on the last. */
  older: string | null;
  /** True on every page but the newest. */
  isOlder: boolean;
}) {
  const t = useTranslations("chrome.pager");
  if (!older && !isOlder) return null;
  return (
    <nav aria-label={t("label")} className="flex flex-wrap gap-3">
      {isOlder && (
        <ButtonLink variant="quiet" href={href}>
          {t("newest")}
        </ButtonLink>
      )}
      {older && (
        <ButtonLink
          variant="quiet"
          rel="next"
          href={`${href}${href.includes("?") ? "&" : "?"}before=${older}`}
        >
          {t("older")}
        </ButtonLink>
      )}
    </nav>
  );
}
