import { useLocale, useTranslations } from "use-intl";
import type { SaleWindow } from "#app/domain/cycles/window-rule.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import { Badge, Notice } from "#app/ui/layout.tsx";

/** When what is sold in cycles is for sale, in the reader's language. */
export function useOpens() {
  const t = useTranslations("cycles.shop");
  const locale = useLocale();
  const at = (moment: string) => formatDateTime(moment, locale);
  const said = (which: "notice" | "inCart" | "ofLine", window: SaleWindow | null) => {
    if (!window?.opensAt || !window.closesAt) return t(`${which}.unknown`);
    return t(`${which}.known`, { opens: at(window.opensAt), closes: at(window.closesAt) });
  };
  return {
    notice: (window: SaleWindow | null) => said("notice", window),
    inCart: (window: SaleWindow | null) => said("inCart", window),
    ofLine: (window: SaleWindow | null) => said("ofLine", window),
    closes: ({ closesAt, shipsOn }: SaleWindow) =>
      closesAt && shipsOn
        ? t("closes", { closes: at(closesAt), ships: formatDate(shipsOn, locale) })
        : null,
  };
}

/** Instead of the form to buy: that it is sold in cycles, and when the next one opens. */
export function OpensNotice({ window, category }: { window: SaleWindow | null; category: string }) {
  const t = useTranslations("cycles.shop");
  const produce = useTranslations("shop.produce");
  const opens = useOpens();
  return (
    <Notice tone="persimmon" title={t("title")} role="status">
      <p>{opens.notice(window)}</p>
      <p>{t("how")}</p>
      <p className="mt-3">
        <ButtonLink variant="quiet" href={`/categories/${category}`}>
          {produce("more")}
        </ButtonLink>
      </p>
    </Notice>
  );
}

/** While a cycle is open: till when, and from which day it is sent. */
export function ClosesLine({ window }: { window: SaleWindow }) {
  const opens = useOpens();
  return <p className="mt-1">{opens.closes(window)}</p>;
}

/** On a card: from which day it can be ordered. */
export function OpensBadge({ window }: { window: SaleWindow | null }) {
  const t = useTranslations("cycles.shop");
  const locale = useLocale();
  return (
    <Badge tone="persimmon">
      {window?.opensAt
        ? t("badge", { opens: formatDate(window.opensAt, locale) })
        : t("badgeUnknown")}
    </Badge>
  );
}
