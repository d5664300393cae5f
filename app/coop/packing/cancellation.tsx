import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { cancelParcel } from "#app/domain/parcels/cancel-parcel.ts";
import type { ParcelLine } from "#app/domain/parcels/read-parcel-lines.ts";
import { LONGEST_REASON } from "#app/domain/parcels/reason-rule.ts";
import { lossReasons } from "#app/domain/stock/loss-reasons.ts";
import type { LostGoods } from "#app/domain/stock/write-off.ts";
import { readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { goodsAnswers, goodsName } from "./goods-field.tsx";
import { inHand } from "./in-hand.ts";
import { ownParcel } from "./own-parcel.ts";
import { useWords } from "./words.ts";

export const handle = { area: "coop", keptForm: { id: "cancellation" } };

/** The form alone, with what was typed. */
export async function loader(args: LoaderFunctionArgs) {
  const parcel = await inHand(args, "sell");
  return { title: translator(args.context.locale, "coop")("parcel.cancelTitle"), parcel };
}

const cancellation = z.object({ reason: z.string().trim().min(2).max(LONGEST_REASON) });
const goods = z.enum(goodsAnswers, "choose");

/** The parcel's own lines are asked about, whatever else is sent. */
function goodsOf(lines: readonly ParcelLine[]) {
  return z.object(Object.fromEntries(lines.map((line) => [goodsName(line), goods])));
}

function lostOf(lines: readonly ParcelLine[], answers: Record<string, unknown>): LostGoods[] {
  return lines.flatMap((line) => {
    const reason = lossReasons.find((each) => each === answers[goodsName(line)]);
    return reason ? [{ orderLineId: line.id, reason }] : [];
  });
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, parcel } = await ownParcel(args, "sell");
  const parcelId = parcel.id;
  const form = await readForm(request, z.intersection(goodsOf(parcel.lines), cancellation));
  if (switchLocale(context, form.values.locale)) {
    return data({ errors: {}, values: form.values }, { status: 200 });
  }
  if (!form.ok) {
    const { errors, values } = form;
    return data({ errors, values }, { status: 422 });
  }
  const cancelled = await cancelParcel(context.db, scope, {
    parcelId,
    reason: form.value.reason,
    lost: lostOf(parcel.lines, form.value),
  });
  if (cancelled.ok) return redirect(`/coop/parcels/${parcelId}`, 303);
  if (cancelled.reason === "parcel-not-found") throw new Response(null, { status: 404 });
  return redirect(`/coop/parcels/${parcelId}?problem=${cancelled.reason}`, 303);
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function Cancellation() {
  const { title, parcel } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop.parcel");
  const words = useWords();
  const asked = Object.fromEntries(
    parcel.lines.map((line) => [goodsName(line), `${words.graded(line)} ${words.quantity(line)}`]),
  );
  const number = parcel.orderNumber;
  const back = { href: `/coop/parcels/${parcel.id}`, label: t("title", { number }) };
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      <FormNotice errors={answer?.errors} labels={{ ...asked, reason: t("cancelReason") }} />
      <Card>
        <CancelForm parcel={parcel} answer={answer} />
      </Card>
    </div>
  );
}
