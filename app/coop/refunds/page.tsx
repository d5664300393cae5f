import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { type ParcelLeft, readParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import { type ReadParcel, readParcel } from "#app/domain/parcels/read-parcel.ts";
import { readParcelRefunds } from "#app/domain/parcels/read-parcel-refunds.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { FormNotice } from "#app/ui/form.tsx";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { useWords } from "../packing/words.ts";
import { answerRefund } from "./answer-refund.ts";
import { canRefund } from "./can-refund.ts";
import { ChangedNotice } from "./changed-notice.tsx";
import { amountField, quantityField } from "./refund-fields.ts";
import { RefundForm } from "./refund-form.tsx";
import { RefundPlan } from "./refund-plan.tsx";
import { RefundsList } from "./refunds-list.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ parcel, left }: { parcel: ReadParcel; left: ParcelLeft }) =>
    canRefund(parcel, left) ? { id: "refund" } : undefined,
};

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const parcelId = params.parcelId ?? "";
  const [parcel, left, refunds] = await Promise.all([
    readParcel(context.db, scope, parcelId),
    readParcelLeft(context.db, scope, parcelId),
    readParcelRefunds(context.db, scope, parcelId),
  ]);
  if (!parcel || !left) throw new Response(null, { status: 404 });
  return { title: translator(context.locale, "coop")("refund.formTitle"), parcel, left, refunds };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const parcelId = params.parcelId ?? "";
  const form = await request.formData().catch(() => new FormData());
  // In another language a form is the form again; a plan, which says what it saw, is made anew.
  const isSwitched = switchLocale(context, form.get("locale"));
  if (isSwitched) form.set("step", form.has("seen") ? "plan" : "edit");
  const answer = await answerRefund(context.db, scope, parcelId, form);
  if (!answer) throw new Response(null, { status: 404 });
  if (answer.kind === "made") return redirect(`/coop/parcels/${parcelId}#refunds`, 303);
  if (answer.kind === "stopped") {
    return redirect(`/coop/parcels/${parcelId}?problem=${answer.problem}`, 303);
  }
  const { hasChanged, before } = answer.kind === "plan" ? answer.plan : answer;
  if (before) return data(answer, { status: 409 });
  if (answer.kind === "plan") return data(answer, { status: hasChanged ? 409 : 200 });
  const isRefused = hasChanged || Object.keys(answer.errors).length > 0;
  return data(answer, { status: isRefused ? 422 : 200 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function RefundPage() {
  const { title, parcel, left, refunds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("coop");
  const labels = useLabels(parcel, left);
  const number = parcel.orderNumber;
  const back = { href: `/coop/parcels/${parcel.id}`, label: t("parcel.title", { number }) };
  const form = answer?.kind === "form" ? answer : undefined;
  return (
    <div className="narrow stack">
      <PageTitle back={back}>{title}</PageTitle>
      {form && (
        <ChangedNotice
          since={form}
          button={canRefund(parcel, left) ? t("refund.toPlan") : undefined}
        />
      )}
      <FormNotice errors={form?.errors} labels={labels} />
      {answer?.kind === "plan" ? (
        <RefundPlan parcel={parcel} plan={answer.plan} values={answer.values} />
      ) : (
        <Card>
          {canRefund(parcel, left) ? (
            <RefundForm parcel={parcel} left={left} answer={form} />
          ) : (
            <p>{parcel.isMadeUp ? t("problem.payment-made-up") : t("refund.nothingLeft")}</p>
          )}
        </Card>
      )}
      {refunds.length > 0 && (
        <Card title={t("refund.made")}>
          <RefundsList parcel={parcel} refunds={refunds} />
        </Card>
      )}
    </div>
  );
}

/** How the notice above the form calls each field. */
function useLabels(parcel: ReadParcel, left: ParcelLeft): Record<string, string> {
  const t = useTranslations("coop.refund");
  const words = useWords();
  const open = new Set(left.lines.map((line) => line.orderLineId));
  const fields = parcel.lines
    .filter((line) => open.has(line.id))
    .flatMap((line) => [
      [quantityField(line.id), `${words.title(line)} · ${words.howMany(line.unit)}`] as const,
      [amountField(line.id), `${words.title(line)} · ${t("amount")}`] as const,
    ]);
  const labels: Record<string, string> = { ...Object.fromEntries(fields), note: t("note") };
  return left.freightFen > 0 ? { ...labels, freight: t("freight") } : labels;
}
