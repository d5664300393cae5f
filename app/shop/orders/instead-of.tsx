import { useLocale, useTranslations } from "use-intl";
import type { OrderViewLine } from "#app/domain/orders/read-order.ts";
import { pick } from "#app/i18n/locale.ts";

/** What a line replaces that its buyer took instead; nothing of what she ordered. */
export function InsteadOf({ line: { insteadOf } }: { line: Pick<OrderViewLine, "insteadOf"> }) {
  const t = useTranslations("substitutes");
  const locale = useLocale();
  if (!insteadOf) return null;
  const title = pick(locale, insteadOf.titleZh, insteadOf.titleEn);
  return <p className="text-sm">{t("insteadOf", { title, count: insteadOf.units })}</p>;
}
