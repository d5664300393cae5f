import { useLocale, useTranslations } from "use-intl";
import type { ListedClaim } from "#app/domain/claims/list-claims.ts";
import type { ClaimHappening } from "#app/domain/claims/read-claim.ts";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";

type Percent = keyof Messages["claims"]["percent"];

/** How all pages of claims call things, in the reader's language. */
export function useClaimWords() {
  const t = useTranslations("claims");
  const locale = useLocale();
  return {
    t,
    locale,
    title: (of: { titleZh: string; titleEn: string }) => pick(locale, of.titleZh, of.titleEn),
    name: (of: { nameZh: string; nameEn: string }) => pick(locale, of.nameZh, of.nameEn),
    when: (moment: Date | string) => formatDateTime(moment, locale),
    /** The database's CHECK holds the same list as the translations. */
    percent: (percent: number) => t(`percent.${String(percent) as Percent}`),
    goods: (claim: ListedClaim) => {
      const title = pick(locale, claim.titleZh, claim.titleEn);
      return claim.lineCount > 1 ? t("desk.more", { title, count: claim.lineCount }) : title;
    },
    happening: (each: ClaimHappening, state: "escalated" | "settled" | "closed") => {
      const fen = formatFen(each.fen ?? 0);
      return each.kind === "lapse"
        ? t(`happening.lapse-${state}`, { fen })
        : t(`happening.${each.kind}`, { fen });
    },
  };
}
