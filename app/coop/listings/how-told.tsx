import { useTranslations } from "use-intl";
import { Notice } from "#app/ui/layout.tsx";

/** How a household hears of what its cooperative does with its listing. */
export function HowTold({ hasPhone }: { hasPhone: boolean }) {
  const t = useTranslations("consent.one");
  return <Notice tone="earth">{t(hasPhone ? "told" : "toldInPerson")}</Notice>;
}

/** What to do about a household that no message reaches, and that so cannot agree. */
export function CannotAsk() {
  const t = useTranslations("consent.one");
  return (
    <Notice tone="persimmon" title={t("cannotAskTitle")}>
      {t("cannotAsk")}
    </Notice>
  );
}
