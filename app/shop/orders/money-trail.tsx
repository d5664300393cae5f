import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";

/** Where every fen of the order goes, line by line, down to the relief account. */
export function MoneyTrail({ order }: { order: OrderView }) {
  const t = useTranslations("shop.orders.money");
  const locale = useLocale();
  if (order.status === "expired" || order.status === "cancelled") return null;
  return (
    <Card title={t("title")} id="money">
      <p>{order.paidAt === null ? t("plan") : t("done", { total: formatFen(order.totalFen) })}</p>
      {order.parcels.map((parcel) => {
        const name = pick(locale, parcel.cooperative.nameZh, parcel.cooperative.nameEn);
        return (
          <div key={parcel.id} className="stack">
            {parcel.lines.map((line) => (
              <section key={line.id}>
                <h3 className="flex justify-between gap-4">
                  <span>
                    {t("line", {
                      title: pick(locale, line.titleZh, line.titleEn),
                      quantity: line.quantity,
                    })}
                  </span>
                  <Money fen={line.lineFen} />
                </h3>
                <ul>
                  {line.allocations.map((share) => (
                    <Part key={share.reliefCode} fen={share.fen}>
                      {t("household", {
                        alias: pick(locale, share.aliasZh, share.aliasEn),
                        code: share.reliefCode,
                        quantity: share.quantity,
                      })}
                    </Part>
                  ))}
                  <Part fen={line.feeFen}>{t("fee", { name })}</Part>
                </ul>
              </section>
            ))}
            <h3 className="flex justify-between gap-4">
              <span>{t("freight", { name })}</span>
              <Money fen={parcel.freightFen} />
            </h3>
          </div>
        );
      })}
      <p className="flex justify-between gap-4 border-t border-line pt-3 font-bold">
        <span>{t("sum")}</span>
        <Money fen={order.totalFen} />
      </p>
    </Card>
  );
}

function Part({ fen, children }: { fen: number; children: ReactNode }) {
  return (
    <li className="flex justify-between gap-4 border-s-4 border-leaf-light py-1 ps-3">
      <span>{children}</span>
      <Money fen={fen} />
    </li>
  );
}
