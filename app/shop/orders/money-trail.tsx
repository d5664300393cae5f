import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { MoneyMove } from "#app/domain/ledger/money-moves-rule.ts";
import type { OrderView, OrderViewLine } from "#app/domain/orders/read-order.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { InsteadOf } from "./instead-of.tsx";
import { MoneyMoves } from "./money-moves.tsx";
import { RefundParts } from "./refund-parts.tsx";

/** Where every fen of the order goes, line by line, down to the relief account, and what came back. */
export function MoneyTrail({
  order,
  moves = [],
}: {
  order: OrderView;
  moves?: readonly MoneyMove[];
}) {
  const t = useTranslations("shop.orders.money");
  const locale = useLocale();
  const isOver = order.status === "expired" || order.status === "cancelled";
  if (isOver && order.paidAt === null) return null;
  const { refundFen: backFen, lostFen, keptFen } = order;
  const staysFen = order.totalFen - backFen - lostFen - keptFen;
  return (
    <Card title={t("title")} id="money">
      <p>{order.paidAt === null ? t("plan") : t("done", { total: formatFen(order.totalFen) })}</p>
      {order.parcels.map((parcel) => {
        const name = pick(locale, parcel.cooperative.nameZh, parcel.cooperative.nameEn);
        return (
          <div key={parcel.id} className="stack">
            {parcel.lines.map((line) => (
              <section key={line.id}>
                <Line line={line} cooperative={name} />
                <RefundParts refunds={order.refunds} of={{ orderLineId: line.id }} />
              </section>
            ))}
            {parcel.carriesFreight && (
              <section>
                <h3 className="flex justify-between gap-4">
                  <span>{t("freight", { name })}</span>
                  <Money fen={parcel.freightFen} />
                </h3>
                <RefundParts
                  refunds={order.refunds}
                  of={{ cooperativeId: parcel.cooperative.id }}
                />
              </section>
            )}
          </div>
        );
      })}
      <div className="border-t border-line pt-3 font-bold">
        <Sum fen={order.totalFen}>{t("sum")}</Sum>
        {backFen > 0 && <Sum fen={-backFen}>{t("refunded")}</Sum>}
        {lostFen > 0 && <Sum fen={-lostFen}>{t("byBank")}</Sum>}
        {keptFen > 0 && <Sum fen={-keptFen}>{t("owed")}</Sum>}
        {backFen + lostFen + keptFen > 0 && <Sum fen={staysFen}>{t("stays")}</Sum>}
      </div>
      <MoneyMoves moves={moves} />
    </Card>
  );
}

/** A line and whose it is: each household's relief account, and what the cooperative keeps. */
function Line({ line, cooperative }: { line: OrderViewLine; cooperative: string }) {
  const t = useTranslations("shop.orders.money");
  const locale = useLocale();
  const instead = useTranslations("substitutes");
  const title = pick(locale, line.titleZh, line.titleEn);
  return (
    <>
      <h3 className="flex justify-between gap-4">
        <span>{t("line", { title, quantity: line.quantity })}</span>
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
        <Part fen={line.feeFen}>{t("fee", { name: cooperative })}</Part>
        {line.replaced && (
          <Part fen={-line.replaced.fen}>
            {instead("replaced", { count: line.replaced.units })}
          </Part>
        )}
      </ul>
      <InsteadOf line={line} />
    </>
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

function Sum({ fen, children }: { fen: number; children: ReactNode }) {
  return (
    <p className="flex justify-between gap-4">
      <span>{children}</span>
      <Money fen={fen} />
    </p>
  );
}
