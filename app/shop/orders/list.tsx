import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { buyerOf } from "#app/account/guards.ts";
import { listOrders } from "#app/domain/orders/list-orders.ts";
import { readDeliveredLines } from "#app/domain/reviews/read-reviewable.ts";
import { pageOf } from "#app/forms/page-of.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { Pager } from "#app/ui/pager.tsx";
import { StatusBadge } from "./status-badge.tsx";

export const handle = { area: "shop" };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const page = pageOf(request);
  const title = translator(context.locale, "shop")("orders.documentTitle");
  const { orders, pages } = await listOrders(context.db, buyer, page);
  const numbers = orders.map(({ number }) => number);
  const delivered = await readDeliveredLines(context.db, buyer, numbers);
  const open = delivered.filter(({ stars }) => stars === null);
  return {
    orders: orders.map((order) => ({
      ...order,
      reviewable: open.filter(({ orderNumber }) => orderNumber === order.number).length,
    })),
    pages,
    page,
    isGuest: buyer.userId === null,
    title,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function OrdersPage() {
  const { orders, page, pages, isGuest } = useLoaderData<typeof loader>();
  const t = useTranslations("shop.orders");
  const reviews = useTranslations("reviews.order");
  const locale = useLocale();
  return (
    <div className="narrow stack">
      <PageTitle>{t("title")}</PageTitle>
      {isGuest && (
        <Notice tone="earth">
          {t("guest")}{" "}
          <a href="/sign-in?to=%2Forders" className="underline">
            {t("signIn")}
          </a>
        </Notice>
      )}
      {orders.length === 0 && (
        <EmptyState title={t("empty")}>
          <ButtonLink href="/search">{t("browse")}</ButtonLink>
        </EmptyState>
      )}
      <ul className="stack">
        {orders.map((order) => (
          <li key={order.number} className="card stack">
            <p className="flex flex-wrap items-center justify-between gap-2">
              <span className="text-sm text-earth">{formatDateTime(order.createdAt, locale)}</span>
              <StatusBadge status={order.status} />
            </p>
            <p>
              {order.lines
                .map((line) => `${pick(locale, line.titleZh, line.titleEn)} × ${line.quantity}`)
                .join(locale === "zh" ? "、" : ", ")}
            </p>
            <p className="flex items-center justify-between gap-4">
              <a
                href={`/orders/${order.number}`}
                className="inline-flex min-h-11 min-w-11 items-center"
              >
                {t("see", { number: order.number })}
              </a>
              <span className="price">
                <Money fen={order.totalFen} />
              </span>
            </p>
            {order.reviewable > 0 && (
              <p>
                <a
                  href={`/orders/${order.number}#reviews`}
                  className="inline-flex min-h-11 min-w-11 items-center"
                >
                  {reviews("open", { count: order.reviewable })}
                </a>
              </p>
            )}
          </li>
        ))}
      </ul>
      <Pager page={page} pages={pages} href={(to) => `/orders?page=${to}`} />
    </div>
  );
}
