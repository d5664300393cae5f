import { randomUUID } from "node:crypto";
import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { findOrder } from "#app/domain/orders/find-order.ts";
import { readOrder } from "#app/domain/orders/read-order.ts";
import { openCheckout } from "#app/domain/payments/open-checkout.ts";
import type { BuyerScope } from "#app/domain/scopes.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { codeField, enterCode, phoneField, sendCode } from "../code-steps.ts";
import { buyerOf, enteredBuyer } from "../guards.ts";
import { CodeForm, NumberForm, PayAtOnce } from "./forms.tsx";

export const handle = { area: "shop", keptForm: { id: "confirm-phone" } };

const numberSchema = z.object({ phone: phoneField, asker: z.string().max(64).optional() });
const codeSchema = z.object({ code: codeField });

/** Why the checkout could send no code. */
const PROBLEMS = ["sms", "often"] as const;

const pathOf = (number: string) => `/orders/${encodeURIComponent(number)}/phone`;

/** The code that is on its way for this very order; one that was asked for elsewhere is not. */
function askedFor(request: Request, context: AppLoadContext, number: string) {
  const asked = context.auth.askedNumber.read(request.headers);
  return asked?.to === pathOf(number) ? asked : null;
}

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const number = params.number ?? "";
  const buyer = await buyerOf(request, context);
  const order = await readOrder(context.db, buyer, number);
  if (!order) throw new Response("Not Found", { status: 404 });
  // Whoever is signed in has confirmed her number.
  if (buyer.userId !== null) throw redirect(`/orders/${number}`, 303);
  const query = new URL(request.url).searchParams;
  const problem = PROBLEMS.find((each) => each === query.get("problem")) ?? null;
  return {
    title: translator(context.locale, "confirm")("title"),
    number,
    asked: askedFor(request, context, number),
    asker: randomUUID(),
    orderPhone: order.address.phone,
    isPending: order.status === "pending-payment",
    totalFen: order.totalFen,
    isSentBefore: query.get("sent") === "before",
    problem,
  };
}

/** Where whoever is signed in goes on: to the payment page, or back to what she has paid. */
async function goOn(context: AppLoadContext, buyer: BuyerScope, number: string, headers: Headers) {
  const orderId = await findOrder(context.db, buyer, number);
  if (!orderId) return redirect("/orders", { status: 303, headers });
  const { db, payments, publicUrl } = context;
  const opened = await openCheckout(db, payments, buyer, { orderId, publicUrl });
  const back = `/orders/${number}?news=${opened.ok || opened.reason === "order-not-payable" ? "phone-confirmed" : opened.reason}`;
  return redirect(opened.ok ? opened.url : back, { status: 303, headers });
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const number = params.number ?? "";
  const buyer = await buyerOf(request, context);
  const sent = await request.formData().catch(() => new FormData());
  const isCode = sent.has("code");
  // For whoever is signed in by now, and for a number that is to get a code, the order is hers or it is
  // none. Of a code that is entered twice the first sending has made the order hers already.
  const isKnown = buyer.userId !== null || !isCode;
  if (isKnown && !(await findOrder(context.db, buyer, number))) {
    throw new Response(null, { status: 404 });
  }
  const form = await readForm(sent, isCode ? codeSchema : numberSchema);
  const { values } = form;
  const refuse = (
    status: number,
    answer: { errors?: FieldErrors; notice?: string },
    headers = {},
  ) => data({ values, errors: {}, notice: null, ...answer }, { status, headers });
  if (switchLocale(context, values.locale)) return refuse(200, {});
  // A second tap on the button: the first one has signed her in already.
  if (buyer.userId !== null) return goOn(context, buyer, number, new Headers());
  if (!form.ok) return refuse(422, { errors: form.errors });

  if ("code" in form.value) {
    const asked = askedFor(request, context, number);
    if (!asked) return redirect(pathOf(number), 303);
    const entered = await enterCode({ request, context }, { ...asked, code: form.value.code });
    if (!entered.ok) return refuse(entered.status, { notice: entered.notice }, entered.headers);
    const { userId, headers } = entered;
    return goOn(context, enteredBuyer(userId, context), number, headers);
  }
  const { phone, asker = randomUUID() } = form.value;
  const coded = await sendCode({ request, context }, { phone, asker, to: pathOf(number) });
  if (!coded.ok) return refuse(coded.status, { notice: coded.notice }, coded.headers);
  return redirect(coded.isSentBefore ? `${pathOf(number)}?sent=before` : pathOf(number), {
    status: 303,
    headers: { "Set-Cookie": coded.cookie },
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function ConfirmPhonePage() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { number, asked, isPending, problem } = loaded;
  const t = useTranslations("confirm");
  const notice = refused?.notice ?? (problem && t(`problem.${problem}`));
  const typed = { values: refused?.values ?? {}, errors: refused?.errors ?? {} };
  return (
    <div className="slim stack">
      <PageTitle back={{ href: `/orders/${number}`, label: t("back", { number }) }}>
        {t("title")}
      </PageTitle>
      {notice && (
        <Notice tone="red" role="alert">
          {notice}
        </Notice>
      )}
      <p>{t(isPending ? "why" : "whyPaid")}</p>
      {asked ? (
        <CodeForm {...typed} {...loaded} asked={asked} hasNotice={notice !== null} />
      ) : (
        <NumberForm {...typed} {...loaded} id="confirm-phone" />
      )}
      {isPending && <PayAtOnce number={number} totalFen={loaded.totalFen} />}
    </div>
  );
}
