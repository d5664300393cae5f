import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireCoop } from "#app/account/guards.ts";
import { stoppedOrderStatuses } from "#app/domain/parcels/paid-orders.ts";
import { parcelStatuses } from "#app/domain/parcels/parcel-states.ts";
import { type ReadParcel, readParcel } from "#app/domain/parcels/read-parcel.ts";
import { translator } from "#app/i18n/translate.ts";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Card, Facts, Notice, PageTitle, Steps } from "#app/ui/layout.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { ParcelLines } from "./parcel-lines.tsx";
import { isProblem, ProblemNotice } from "./problem-notice.tsx";
import { ShipmentForm } from "./shipment-form.tsx";
import { StepButton } from "./step-button.tsx";
import { useWords } from "./words.ts";

export const handle = { area: "coop" };

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context);
  const parcel = await readParcel(context.db, scope, params.parcelId ?? "");
  if (!parcel) throw new Response(null, { status: 404 });
  const asked = new URL(request.url).searchParams.get("problem");
  const t = translator(context.locale, "coop");
  return {
    title: t("parcel.title", { number: parcel.orderNumber }),
    parcel,
    problem: isProblem(asked) ? asked : null,
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }];

export default function Parcel() {
  const { title, parcel, problem } = useLoaderData<typeof loader>();
  const t = useTranslations("coop");
  const words = useWords();
  const { shipTo, status } = parcel;
  const phone = (
    <a className="-my-2 inline-flex min-h-11 items-center" href={`tel:${shipTo.phone}`}>
      {shipTo.phone}
    </a>
  );
  const back = { href: `/coop/parcels?state=${status}`, label: t("board.title") };
  return (
    <div className="stack">
      <PageTitle back={back}>{title}</PageTitle>
      {problem && <ProblemNotice problem={problem} />}
      <div className="grid items-start gap-4 md:grid-cols-2">
        <Card title={words.parcelStatus(status)}>
          <NextStep parcel={parcel} />
          <Timeline parcel={parcel} />
        </Card>
        <Card title={t("parcel.shipTo")}>
          <Facts
            items={[
              [t("parcel.recipient"), shipTo.recipient],
              [t("parcel.phone"), phone],
              [t("parcel.address"), `${shipTo.regionZh} ${shipTo.street}`],
              [t("parcel.weight"), words.grams(parcel.weightGrams)],
              [t("parcel.freight"), formatFen(parcel.freightFen)],
              [t("parcel.paidAt"), formatDateTime(parcel.paidAt, words.locale)],
            ]}
          />
        </Card>
      </div>
      <Card title={t("parcel.lines")}>
        <ParcelLines lines={parcel.lines} />
      </Card>
      {canCancel(parcel) && (
        <Card title={t("parcel.cancelTitle")}>
          <CancelForm parcelId={parcel.id} />
        </Card>
      )}
    </div>
  );
}

/** Until the carrier has it, and while the money is ours to give back. */
function canCancel({ status, orderStatus }: ReadParcel): boolean {
  const isHere = status === "waiting" || status === "accepted" || status === "packed";
  return isHere && !stoppedOrderStatuses.includes(orderStatus);
}

function NextStep({ parcel }: { parcel: ReadParcel }) {
  const t = useTranslations("coop.parcel");
  const words = useWords();
  const { status, orderStatus } = parcel;
  const isStopped = stoppedOrderStatuses.includes(orderStatus);
  if (status === "delivered") return <p>{t("done")}</p>;
  if (status === "cancelled") {
    const note = parcel.events.find((event) => event.kind === "cancelled")?.note;
    return (
      <>
        <p>{t("cancelled")}</p>
        {note && <p>{t("cancelNote", { note })}</p>}
      </>
    );
  }
  if (isStopped && status !== "shipped") {
    const title = t("stopped", { state: words.orderStatus(orderStatus) });
    return (
      <Notice tone="red" title={title}>
        {t("stoppedHint")}
      </Notice>
    );
  }
  if (status === "packed") return <ShipmentForm parcelId={parcel.id} />;
  const hint = { waiting: "acceptHint", accepted: "packHint", shipped: "deliverHint" } as const;
  return (
    <>
      {isStopped && (
        <Notice tone="red">{t("orderNow", { state: words.orderStatus(orderStatus) })}</Notice>
      )}
      <StepButton parcel={parcel} from="parcel" />
      <p className="hint">{t(hint[status])}</p>
    </>
  );
}

function Timeline({ parcel }: { parcel: ReadParcel }) {
  const t = useTranslations("coop");
  const words = useWords();
  const way = parcelStatuses.filter((status) => status !== "cancelled");
  // A cancelled parcel went as far as its events say.
  const isCancelled = parcel.status === "cancelled";
  const reached = parcelStatuses.indexOf(parcel.status);
  return (
    <Steps
      steps={way.map((step, index) => {
        const at = parcel.events.find((event) => event.kind === step)?.occurredAt;
        const sent = step === "shipped" && parcel.carrier;
        const carrier = sent && `${t(`carrier.${sent as "other"}`)} ${parcel.trackingNumber}`;
        const moment = step === "waiting" ? (at ?? parcel.paidAt) : at;
        const when = moment && formatDateTime(moment, words.locale);
        const detail = [when, carrier].filter(Boolean).join(" · ");
        return {
          label: words.parcelStatus(step),
          done: isCancelled ? moment !== undefined : index <= reached,
          detail,
        };
      })}
    />
  );
}
