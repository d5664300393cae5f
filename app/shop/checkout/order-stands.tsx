import { useLocale, useTranslations } from "use-intl";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { OrderThatStands } from "./page.tsx";

/** The order that the form had made is not what was sent now: how it stands, before it is paid. */
export function OrderStands({ order }: { order: OrderThatStands }) {
  const t = useTranslations("shop.checkout.refused");
  const locale = useLocale();
  const { number, totalFen, expectedTotalFen, isElsewhere, address } = order;
  const { recipient, phone, street } = address;
  const place = locale === "zh" ? `${address.regionZh}${street}` : `${street}, ${address.regionEn}`;
  const total = formatFen(totalFen);
  return (
    <Notice tone="red" role="alert" title={t("order-stands.title")}>
      <p>{t("order-stands.body", { number, total })}</p>
      <p className="wrap-break-word">
        {t("order-stands.goesTo", { recipient, phone, address: place })}
      </p>
      {totalFen !== expectedTotalFen && (
        <p>{t("order-stands.otherTotal", { shown: formatFen(expectedTotalFen), total })}</p>
      )}
      {isElsewhere && <p>{t("order-stands.otherAddress")}</p>}
      <p className="mt-3">
        <ButtonLink variant="quiet" href={`/orders/${number}`}>
          {t("order-stands.toPay")}
        </ButtonLink>
      </p>
    </Notice>
  );
}
