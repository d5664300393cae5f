import { useLocale, useTranslations } from "use-intl";
import type { MoneyMove, MoneyShare } from "#app/domain/ledger/money-moves-rule.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatDateTime } from "#app/ui/format.ts";

/** How the order's page calls what the ledger has posted, and whose money it was. */
export function useMoneyWords() {
  const t = useTranslations("ledger.moves");
  const locale = useLocale();
  return {
    t,
    when: (moment: Date | string) => formatDateTime(moment, locale),
    move: ({ kind }: Pick<MoneyMove, "kind">) => t(`kind.${kind}`),
    holder: (share: MoneyShare) => {
      if (share.kind === "market") return t("holder.market");
      const name = pick(locale, share.nameZh, share.nameEn);
      return t(`holder.${share.kind}`, { name, code: share.code });
    },
  };
}
