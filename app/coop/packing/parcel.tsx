import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { validate as isUuid } from "uuid";
import { coopRights, requireCoop } from "#app/account/guards.ts";
import { readParcelInvoice } from "#app/domain/invoices/read-invoice.ts";
import { stoppedOrderStatuses } from "#app/domain/parcels/paid-orders.ts";
import { parcelNumber } from "#app/domain/parcels/parcel-number-rule.ts";
import { isBoxOpen, isHere } from "#app/domain/parcels/parcel-states.ts";
import { readParcelLeft } from "#app/domain/parcels/plan-parcel-refund.ts";
import { type ReadParcel, readParcel } from "#app/domain/parcels/read-parcel.ts";
import { readParcelRefunds } from "#app/domain/parcels/read-parcel-refunds.ts";
import { readLastStep, readTicks } from "#app/domain/parcels/read-ticks.ts";
import { readParcelSubstitutions } from "#app/domain/substitutions/read-substitutions.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { RefundsCard } from "../refunds/refunds-card.tsx";
import { AlreadyNotice } from "./already-notice.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { InvoiceCard } from "./invoice-card.tsx";
import { NextStep } from "./next-step.tsx";
import { ParcelLines } from "./parcel-lines.tsx";
import { OtherParts, RestNote } from "./part-notes.tsx";
import { isProblem, ProblemNotice } from "./problem-notice.tsx";
import { SaidNotice } from "./said-notice.tsx";
import { ShipAddress } from "./ship-address.tsx";
import { ShortLinks } from "./short-links.tsx";
import { SubstitutesCard } from "./substitutes-card.tsx";
import { TickForm } from "./tick-form.tsx";
import { Timeline } from "./timeline.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop", enhance: ["tick-lines", "scan-code"] };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const parcelId = params.parcelId ?? "";
  const mayGiveBack = (await coopRights(request, context)).includes("sell");
  const query = new URL(request.url).searchParams;
  const already = query.has("already") ? readLastStep(context.db, scope, parcelId) : null;
  const [parcel, left, refunds, invoice, ticks, substitutions] = await Promise.all([
    readParcel(context.db, scope, parcelId),
    readParcelLeft(context.db, scope, parcelId),
    readParcelRefunds(context.db, scope, parcelId),
    // Whom an invoice goes to is the manager's business, and nobody's who packs.
    mayGiveBack ? readParcelInvoice(context.db, scope, parcelId) : null,
    readTicks(context.db, scope, [parcelId].filter(isUuid)),
    readParcelSubstitutions(context.db, scope, parcelId),
  ]);
  if (!parcel || !left) throw new Response(null, { status: 404 });
  const asked = query.get("problem");
  const t = translator(context.locale, "coop");
  return {
    title: t("parcel.title", { number: parcel.orderNumber }),
    parcel,
    left,
    refunds,
    invoice,
    mayGiveBack,
    ticks,
    substitutions,
    already: await already,
    problem: isProblem(asked) ? asked : null,
    partNumber: numberOfPart(parcel, query.get("rest")),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Parcel() {
  const {
    title,
    parcel,
    left,
    refunds,
    invoice,
    mayGiveBack,
    ticks,
    substitutions,
    already,
    problem,
    partNumber,
  } = useLoaderData<typeof loader>();
  const t = useTranslations("coop");
  const label = useTranslations("trace.label");
  const split = useTranslations("packing.split");
  const words = useWords();
  const { shipTo, status } = parcel;
  const phone = (
    <a className="-my-2 inline-flex min-h-11 min-w-11 items-center" href={`tel:${shipTo.phone}`}>
      {shipTo.phone}
    </a>
  );
  const back = { href: `/coop/parcels?state=${status}`, label: t("board.title") };
  return (
    <div className="stack">
      <PageTitle back={back}>{title}</PageTitle>
      {problem && <ProblemNotice problem={problem} />}
      {already && <AlreadyNotice step={already} />}
      {partNumber && (
        <Notice tone="leaf" role="status">
          {split("done", { number: partNumber })}
        </Notice>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="stack">
          <Card title={words.parcelStatus(status)}>
            <RestNote parcel={parcel} />
            <OtherParts parcel={parcel} />
            {canTick(parcel) && <TickForm parcel={parcel} ticks={ticks} />}
            {canCancel(parcel) && <ShortLinks parcel={parcel} />}
            <NextStep parcel={parcel} />
            {status !== "cancelled" && (
              <p>
                <a
                  className="inline-flex min-h-11 min-w-11 items-center"
                  href={`/coop/packing-list/labels?parcel=${parcel.id}`}
                >
                  {label("open")}
                </a>
              </p>
            )}
            <Timeline parcel={parcel} />
          </Card>
          <SubstitutesCard parcelId={parcel.id} substitutions={substitutions} />
          <SaidNotice said={parcel.said} />
          <Card title={t("parcel.lines")}>
            <ParcelLines lines={parcel.lines} />
          </Card>
        </div>
        <div className="stack">
          <Card title={t("parcel.shipTo")}>
            <Facts
              items={[
                [t("parcel.recipient"), shipTo.recipient],
                [t("parcel.phone"), phone],
                [t("parcel.address"), <ShipAddress key="to" to={shipTo} />],
                [t("parcel.weight"), words.grams(parcel.weightGrams)],
                [t("parcel.freight"), formatFen(parcel.freightFen)],
                [t("parcel.paidAt"), formatDateTime(parcel.paidAt, words.locale)],
              ]}
            />
          </Card>
          {invoice && <InvoiceCard invoice={invoice} parcel={parcel} refunds={refunds} />}
          <RefundsCard parcel={parcel} left={left} refunds={refunds} isOpen={mayGiveBack} />
          {mayGiveBack && canCancel(parcel) && (
            <Card title={t("parcel.cancelTitle")}>
              <CancelForm parcel={parcel} />
            </Card>
          )}
        </div>
      </div>
    </div>
  );
}

/** What the parcel goes by that was just split off; null for none. */
function numberOfPart({ orderNumber, otherParts }: ReadParcel, id: string | null): string | null {
  const part = otherParts.find((each) => each.id === id)?.part;
  return part === undefined ? null : parcelNumber(orderNumber, part);
}

/** Things still go into the box, and it may still leave. */
function canTick({ status, orderStatus }: ReadParcel): boolean {
  return isBoxOpen(status) && !stoppedOrderStatuses.includes(orderStatus);
}

/** Until the carrier has it, and while the money is ours to give back. */
function canCancel({ status, orderStatus, isMadeUp }: ReadParcel): boolean {
  return isHere(status) && !isMadeUp && !stoppedOrderStatuses.includes(orderStatus);
}
