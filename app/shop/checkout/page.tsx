import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { buyerOf } from "#app/account/guards.ts";
import type { KeptAddress } from "#app/domain/addresses/address-book.ts";
import { saveAddress } from "#app/domain/addresses/save-address.ts";
import { acceptPrice } from "#app/domain/carts/accept-price.ts";
import { placeOrder } from "#app/domain/orders/place-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import { chooseRegion } from "#app/domain/regions/choose-region.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { valuesOf, withPasted } from "../addresses/address-values.ts";
import { regionErrors } from "../addresses/region-errors.ts";
import { orderPath } from "../orders/order-path.ts";
import { checkoutSchema, saidOf } from "./address-schema.ts";
import { askCode, ownPhone } from "./ask-code.ts";
import { CheckoutForm } from "./checkout-form.tsx";
import { type CheckoutView, checkoutView } from "./checkout-view.ts";
import { isReaddressed, NothingToOrder } from "./nothing-to-order.tsx";
import { readShown, readShownFreight } from "./shown-field.ts";
import { readTold, toldCookie } from "./told-order.ts";
import { chooseSaved, lastValues, savedOf, withTownship } from "./typed-address.ts";

export const handle = {
  area: "shop",
  enhance: ["region-select"],
  keptForm: { id: "checkout", enter: { name: "step", value: "enter" } },
};

type Drawn = { values: FormValues; view: CheckoutView; saved: KeptAddress[] };

/** What an action has answered with: the page's loader runs after it, with the same context. */
const drawn = new WeakMap<AppLoadContext, Drawn>();

async function drawFirst({ request, context }: LoaderFunctionArgs): Promise<Drawn> {
  const buyer = await buyerOf(request, context);
  const saved = await savedOf(context, buyer);
  const values = saved[0]
    ? { addressId: saved[0].id, ...valuesOf(saved[0]) }
    : await lastValues(context, buyer);
  const choice = await chooseRegion(context.db, values);
  return { values, view: await checkoutView(context, buyer, choice), saved };
}

export async function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  const title = translator(context.locale, "shop")("checkout.documentTitle");
  const { userId } = await buyerOf(args.request, context);
  return { title, isGuest: userId === null, ...(drawn.get(context) ?? (await drawFirst(args))) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const buyer = await buyerOf(request, context);
  const sent = await request.formData().catch(() => new FormData());
  const saved = await savedOf(context, buyer);
  const unchosen = chooseSaved(sent, saved);
  const form = await readForm(sent, checkoutSchema);
  const shown = readShown(sent);
  const shownFreight = readShownFreight(sent);
  const values = form.values.paste ? await withPasted(context, form.values) : form.values;
  const isOtherLanguage = switchLocale(context, values.locale);
  const choice = await chooseRegion(context.db, values);
  // The cart is looked at only now: what she saw may just have been taken by someone else.
  const answer = async (status: number, errors: FieldErrors, refused: Refused = null) => {
    // Whoever goes to another province has asked for another freight.
    const seenFreight = refused === null ? [] : shownFreight;
    const view = await checkoutView(context, buyer, choice, shown, seenFreight);
    drawn.set(context, { values, view, saved });
    return data({ values, view, saved, errors, refused }, { status });
  };
  // The language, "next list", an address chosen or pasted: nothing is judged yet, all typed stays.
  const isAsking = values.step ?? values.choose ?? values.paste;
  if (isOtherLanguage || isAsking) return answer(200, unchosen);
  if (unchosen.addressId) return answer(422, unchosen);

  const errors: FieldErrors = { ...(form.ok ? {} : form.errors), ...regionErrors(values, choice) };
  // A guest says by the button whether she wants a code; whoever is signed in has had hers.
  const isConfirming = form.ok && form.value.confirm === "phone" && buyer.userId === null;
  const own = form.ok ? ownPhone(form.value) : null;
  if (isConfirming && own === null) errors.buyerPhone = "phone";
  const { regionCode } = choice;
  if (!form.ok || regionCode === null || errors.township || errors.buyerPhone) {
    return answer(422, errors);
  }

  const { recipient, phone, township, street, orderKey, expectedTotalFen } = form.value;
  const typed = { recipient, phone, regionCode, township, street };
  const address = { recipient, phone, regionCode, street: withTownship(typed) };
  // The button said that it accepts these; one that has moved again is not accepted, and refused.
  for (const accepted of form.value.acceptedPrice) {
    await acceptPrice(context.db, buyer, accepted);
  }
  const placed = await placeOrder(context.db, buyer, {
    idempotencyKey: orderKey,
    address,
    said: saidOf(form.value),
    locale: context.locale,
    expectedTotalFen,
    shown,
    shownFreight,
    told: readTold(request),
  });
  if (!placed.ok && placed.reason === "unknown-region") {
    return answer(422, choice.counties.length > 0 ? { county: "choose" } : { city: "choose" });
  }
  if (!placed.ok && !("number" in placed)) return answer(409, {}, { reason: placed.reason });
  const { publicUrl } = context;
  context.setCookie(toldCookie(placed, publicUrl));
  if (!placed.ok && placed.reason === "order-stands") {
    // She has seen what it costs now.
    values.expectedTotalFen = String(placed.totalFen);
    return answer(409, {}, placed);
  }
  // Also where it came too late for this order: the next one begins with it.
  await saveAddress(context.db, buyer, typed);
  if (!placed.ok) return answer(409, {}, placed);
  const { orderId, number } = placed;
  // She sees where it goes now before she pays.
  if (placed.isCorrected) return redirect(orderPath(number, "address-corrected"), 303);
  const opened = await openCheckout(context.db, context.payments, buyer, { orderId, publicUrl });
  if (opened.ok && isConfirming && own !== null) {
    const asked = { number, orderKey, phone: own };
    return redirect(await askCode({ request, context }, asked), 303);
  }
  if (opened.ok) return redirect(opened.url, 303);
  // The goods are held: she pays from the order's page as soon as it can be done again.
  return redirect(orderPath(number, opened.reason), 303);
}

type Refusal = Extract<Awaited<ReturnType<typeof placeOrder>>, { ok: false }>;
export type OrderThatStands = Extract<Refusal, { reason: "order-stands" }>;
/** Why no order was made; `number` is that of the one which the form had made before. */
export type Refused =
  | OrderThatStands
  | { reason: Exclude<Refusal["reason"], "order-stands">; number?: string }
  | null;

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function CheckoutPage() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const t = useTranslations("shop.checkout");
  const { values, view, saved } = answered ?? loaded;
  const { isGuest } = loaded;
  const { quote, choice, ...changed } = view;
  const refused = answered?.refused ?? null;
  const address = { values, choice, saved, errors: answered?.errors ?? {} };
  return (
    <>
      <PageTitle back={{ href: "/cart", label: t("backToCart") }}>{t("title")}</PageTitle>
      {quote.ok && !isReaddressed(values, refused) ? (
        <CheckoutForm {...address} isGuest={isGuest} {...changed} quote={quote} refused={refused} />
      ) : (
        <NothingToOrder {...address} refused={refused} />
      )}
    </>
  );
}
