import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { buyerOf } from "#app/account/guards.ts";
import { listOrderClaims } from "#app/domain/claims/list-claims.ts";
import { readInvoice } from "#app/domain/invoices/read-invoice.ts";
import { readMoneyMoves } from "#app/domain/ledger/read-money-moves.ts";
import { type OrderView, readOrder } from "#app/domain/orders/read-order.ts";
import { readDeliveredLines } from "#app/domain/reviews/read-reviewable.ts";
import { readSubstitutions } from "#app/domain/substitutions/read-substitutions.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { ParcelClaims } from "../claims/parcel-claims.tsx";
import { ReviewLines } from "../reviews/review-lines.tsx";
import { ArrivalNotice } from "./arrival-notice.tsx";
import { CancelPaid } from "./cancel-paid.tsx";
import { MoneyTrail } from "./money-trail.tsx";
import { isTrue } from "./news-rule.ts";
import { arrivals, CHECKOUT } from "./order-path.ts";
import { OrderState } from "./order-state.tsx";
import { PapersCard } from "./papers-card.tsx";
import { ParcelCard } from "./parcel-card.tsx";
import { ReceiveParcel } from "./receive-parcel.tsx";
import { SealCard } from "./seal-card.tsx";
import { StatusBadge } from "./status-badge.tsx";
import { PastSubstitutes, SubstituteCards } from "./substitute-cards.tsx";

export const handle = { area: "shop" };

const REFRESH_SECONDS = 5;
const MINUTE_MS = 60_000;

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const number = params.number ?? "";
  const [order, moves, delivered, claims, invoice, substitutions] = await Promise.all([
    readOrder(context.db, buyer, number),
    readMoneyMoves(context.db, buyer, number),
    readDeliveredLines(context.db, buyer, [number]),
    listOrderClaims(context.db, buyer, number),
    readInvoice(context.db, buyer, number),
    readSubstitutions(context.db, buyer, number),
  ]);
  if (!order) throw new Response("Not Found", { status: 404 });
  const t = translator(context.locale, "shop");
  const asked = new URL(request.url).searchParams;
  const said = arrivals.find((arrival) => arrival === asked.get("news")) ?? null;
  const isPending = order.status === "pending-payment";
  // The webhook may have been faster than this page's own question.
  const hoped = said === "confirming" && !isPending ? "paid" : said;
  const now = new Date();
  const isGuest = buyer.userId === null;
  const standing = { ...order, isGuest, hasInvoice: invoice !== null, substitutions };
  const news = hoped && isTrue(hoped, standing, now) ? hoped : null;
  const session = asked.get("session_id") ?? "";
  return {
    order,
    moves,
    delivered,
    claims,
    invoice,
    substitutions,
    isGuest,
    now,
    news,
    minutesLeft: Math.max(0, Math.floor((order.expiresAt.getTime() - now.getTime()) / MINUTE_MS)),
    title: t("orders.one.documentTitle", { number: order.number }),
    isSealBroken: new URL(request.url).searchParams.get("proof") === "broken",
    refresh:
      news === "confirming" && CHECKOUT.test(session)
        ? `${REFRESH_SECONDS};url=/orders/${order.number}/return?session_id=${session}`
        : null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title },
  ...(data?.refresh ? [{ httpEquiv: "refresh", content: data.refresh }] : []),
];

export default function OrderPage() {
  const {
    order,
    moves,
    delivered,
    claims,
    invoice,
    substitutions,
    isGuest,
    now,
    news,
    minutesLeft,
    isSealBroken,
  } = useLoaderData<typeof loader>();
  const t = useTranslations("shop.orders.one");
  const locale = useLocale();
  const isCancelNews = news === "cancelled" || news === "cancelled-refunding";
  // What she has just put right is what she looks for.
  const isReaddressed = news === "address-corrected";
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/orders", label: t("more") }}>
        {t("title", { number: order.number })}
      </PageTitle>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="sr-only">{t("status")}</span>
        <StatusBadge status={order.status} />
        <span className="text-sm text-earth">
          {t("placed")} {formatDateTime(order.createdAt, locale)}
        </span>
      </p>
      <ArrivalNotice news={news} />
      {!isCancelNews && <OrderState order={order} minutesLeft={minutesLeft} news={news} />}
      <SubstituteCards order={order} substitutions={substitutions} />
      {isGuest && <ConfirmPhone order={order} />}
      {isReaddressed && <DeliverTo order={order} />}
      {order.parcels.map((parcel) => (
        <ParcelCard key={parcel.id} parcel={parcel} orderStatus={order.status}>
          <PastSubstitutes substitutions={substitutions} parcelId={parcel.id} />
          <ReceiveParcel order={order} parcel={parcel} />
          <ParcelClaims order={order} parcel={parcel} claims={claims} now={now} />
        </ParcelCard>
      ))}
      <ReviewLines lines={delivered} />
      {!isCancelNews && <CancelPaid order={order} />}
      {!isReaddressed && <DeliverTo order={order} />}
      <BuyAgain order={order} />
      <PapersCard order={order} invoice={invoice} />
      <MoneyTrail order={order} moves={moves} />
      <SealCard number={order.number} moves={moves} isBroken={isSealBroken} />
    </div>
  );
}

/** A guest's order is found again by her number as soon as she has confirmed it. */
function ConfirmPhone({ order: { number, status } }: { order: OrderView }) {
  const t = useTranslations("confirm.order");
  if (status === "expired" || status === "cancelled") return null;
  return (
    <Notice tone="earth" title={t("title")}>
      <p>{t("body")}</p>
      <p className="mt-3">
        <ButtonLink variant="quiet" href={`/orders/${number}/phone`}>
          {t("button")}
        </ButtonLink>
      </p>
    </Notice>
  );
}

/** What is not waiting to be paid can be bought once more. */
function BuyAgain({ order: { number, status } }: { order: OrderView }) {
  const t = useTranslations("ordersAfter.again");
  if (status === "pending-payment") return null;
  return (
    <form method="post" action={`/orders/${number}/reorder`}>
      <Button variant="quiet" wide>
        {t("button")}
      </Button>
    </form>
  );
}

/** Where it goes and what it comes to. */
function DeliverTo({ order }: { order: OrderView }) {
  const t = useTranslations("shop.orders.one");
  const locale = useLocale();
  const words = useTranslations("said.order");
  const { address, said } = order;
  const place =
    locale === "zh"
      ? `${address.regionZh}${address.street}`
      : `${address.street}, ${address.regionEn}`;
  return (
    <Card>
      <Facts
        items={[
          [
            t("address"),
            <>
              <p>
                <strong>{address.recipient}</strong> {address.phone}
              </p>
              <p>{place}</p>
            </>,
          ],
          ...(said.note === "" ? [] : [[words("note"), said.note] as const]),
          ...(said.giftWords === null
            ? []
            : [[words("gift"), said.giftWords || words("giftPlain")] as const]),
          [t("total"), <Money key="total" fen={order.totalFen} />],
        ]}
      />
    </Card>
  );
}
