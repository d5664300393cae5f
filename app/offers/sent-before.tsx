import { useLocale, useTranslations } from "use-intl";
import type { SaidBefore } from "#app/domain/listings/said-before.ts";
import { pick } from "#app/i18n/locale.ts";
import { Notice } from "#app/ui/layout.tsx";

/** What the very form has put up before, which said something else, and where that is changed. */
export type SentBefore = SaidBefore & { href: string };

/** Her form came back: it has put up one listing already, and what is in it now is another. */
export function SentBeforeNotice({
  before,
  by,
  button,
}: {
  before: SentBefore | undefined;
  by: "household" | "cooperative";
  /** What the button that sends the form says. */
  button: string;
}) {
  const t = useTranslations("farmListing.sentBefore");
  const locale = useLocale();
  if (!before) return null;
  const title = pick(locale, before.titleZh, before.titleEn);
  return (
    <Notice tone="persimmon" title={t("title", { by, title })} role="alert">
      <p>{t("body", { by, button })}</p>
      <a className="inline-flex min-h-11 min-w-11 items-center" href={before.href}>
        {t("change")}
      </a>
    </Notice>
  );
}
