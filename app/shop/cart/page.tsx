import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { z } from "zod";
import { buyerOf } from "#app/account/guards.ts";
import { readAgain } from "#app/domain/carts/read-again.ts";
import { readCart } from "#app/domain/carts/read-cart.ts";
import { setQuantity } from "#app/domain/carts/set-quantity.ts";
import { quantityField } from "#app/forms/quantity-field.ts";
import { readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Card, EmptyState, Notice, PageTitle } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { AgainNotice } from "./again-notice.tsx";
import { CartLineItem } from "./cart-line.tsx";
import { GoneNotice } from "./gone-notice.tsx";
import { readGone } from "./read-gone.ts";

export const handle = { area: "shop" };

const schema = z.object({ listingId: z.uuid(), quantity: quantityField(0) });
const removal = z.object({ listingId: z.uuid(), remove: z.literal("1") });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const asked = new URL(request.url).searchParams;
  const againOf = asked.get("again") ?? "";
  const [cart, again] = await Promise.all([
    readCart(context.db, buyer),
    readAgain(context.db, buyer, againOf),
  ]);
  const lines = cart.groups.flatMap((group) => group.lines);
  const find = (id: string | null) => lines.find((line) => line.listingId === id) ?? null;
  const had = asked.get("had");
  return {
    cart,
    again,
    againOf,
    added: find(asked.get("added")),
    had: find(had),
    gone: had && !find(had) ? await readGone(context.db, had, asked.get("want")) : null,
    title: translator(context.locale, "shop")("cart.documentTitle"),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const sent = await request.formData().catch(() => new FormData());
  const buyer = await buyerOf(request, context);
  const out = await readForm(sent, removal);
  if (out.ok) {
    await setQuantity(context.db, buyer, { listingId: out.value.listingId, quantity: 0 });
    return redirect("/cart", 303);
  }
  const step = sent.get("step");
  // The field still says how many there were: the button that was pressed decides.
  if (step !== null) sent.set("quantity", step);
  const form = await readForm(sent, schema);
  const { values } = form;
  if (!form.ok) return data({ values, error: form.errors.quantity }, { status: 422 });
  const set = await setQuantity(context.db, buyer, form.value);
  if (!set.ok) {
    const error = set.reason === "over-limit" ? "overLimit" : "notEnoughStock";
    return data({ values, error } as const, { status: 409 });
  }
  return redirect("/cart", 303);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function CartPage() {
  const { cart, again, againOf, added, had, gone } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("shop.cart");
  const locale = useLocale();
  const notice = added ?? had;
  const lines = cart.groups.flatMap((group) => group.lines);
  const isStray = refused && !lines.some(({ listingId }) => listingId === refused.values.listingId);
  return (
    <div className={cart.count > 0 ? "cart" : "narrow stack"}>
      <div className="stack min-w-0">
        <PageTitle>{t("title")}</PageTitle>
        {notice && (
          <Notice role="status" tone={added ? "leaf" : "earth"}>
            {t(added ? "added" : "had", {
              title: pick(locale, notice.titleZh, notice.titleEn),
              count: notice.quantity,
            })}{" "}
            <a href={`/produce/${notice.listingId}`} className="underline">
              {t("backToProduce")}
            </a>
          </Notice>
        )}
        {gone && <GoneNotice gone={gone} />}
        {again.length > 0 && <AgainNotice number={againOf} lines={again} />}
        {isStray && (
          <Notice role="alert" tone="red">
            {t("stray")}
          </Notice>
        )}
        {cart.count === 0 && (
          <EmptyState title={t("empty")}>
            <ButtonLink href="/search">{t("browse")}</ButtonLink>
          </EmptyState>
        )}
        {cart.groups.map(({ cooperative, lines }) => (
          <Card key={cooperative.id} title={pick(locale, cooperative.nameZh, cooperative.nameEn)}>
            <ul className="divide-y divide-line">
              {lines.map((line) => (
                <CartLineItem
                  key={line.listingId}
                  line={line}
                  refused={refused?.values.listingId === line.listingId ? refused : undefined}
                />
              ))}
            </ul>
          </Card>
        ))}
      </div>
      {cart.count > 0 && (
        <section className="card stack" aria-label={t("subtotal")}>
          <p className="flex items-baseline justify-between gap-4">
            <span>{t("subtotal")}</span>
            <span className="price text-2xl">
              <Money fen={cart.produceFen} />
            </span>
          </p>
          <p className="hint">{t("freightLater", { count: cart.groups.length })}</p>
          {cart.canCheckOut ? (
            <ButtonLink variant="buy" wide href="/checkout">
              {t("checkOut")}
            </ButtonLink>
          ) : (
            <Notice tone="red">{t("mendFirst")}</Notice>
          )}
        </section>
      )}
    </div>
  );
}
