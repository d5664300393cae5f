import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { OrderStatus } from "#app/domain/orders/order-states.ts";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { carriers, trackingOf } from "#app/domain/parcels/carriers.ts";
import { isHere } from "#app/domain/parcels/parcel-states.ts";
import { pick } from "#app/i18n/locale.ts";
import { formatGrams } from "#app/i18n/unit-words.ts";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import { Card, Facts, Notice, Steps } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { InsteadOf } from "./instead-of.tsx";

type Parcel = OrderView["parcels"][number];

const ROAD = ["waiting", "accepted", "packed", "shipped", "delivered"] as const;

/** One cooperative's parcel: what is in it, where it is, how to follow it. */
export function ParcelCard({
  parcel,
  orderStatus,
  children,
}: {
  parcel: Parcel;
  orderStatus: OrderStatus;
  /** What can be done about it. */
  children?: ReactNode;
}) {
  const t = useTranslations("shop.orders.parcel");
  const trace = useTranslations("trace");
  const words = useTranslations("words");
  const instead = useTranslations("substitutes");
  const carrierNames = useTranslations("coop.carrier");
  const locale = useLocale();
  const { cooperative } = parcel;
  const facts: [string, ReactNode][] = [[t("weight"), formatGrams(parcel.weightGrams, locale)]];
  if (parcel.carriesFreight) {
    facts.push([t("freight"), <Money key="freight" fen={parcel.freightFen} />]);
  }
  if (parcel.trackingNumber) {
    const carrier = carriers.find((code) => code === parcel.carrier) ?? "other";
    facts.unshift([t("carrier"), carrierNames(carrier)], [t("tracking"), parcel.trackingNumber]);
  }
  const reached = (kind: string) => parcel.events.find((event) => event.kind === kind);
  const isOff = parcel.status === "cancelled";
  const note = reached("cancelled")?.note ?? "";
  const corrected = parcel.events.findLast((event) => event.formerTrackingNumber !== null);
  return (
    <Card title={t("title", { name: pick(locale, cooperative.nameZh, cooperative.nameEn) })}>
      {parcel.parts > 1 && <p>{t("part", { part: parcel.part, parts: parcel.parts })}</p>}
      {parcel.rest && isHere(parcel.status) && (
        <Notice tone="earth">
          {t("rest", {
            reason: t(`why.${parcel.rest.reason}`),
            day: formatDate(parcel.rest.promisedOn, locale),
          })}
        </Notice>
      )}
      <ul>
        {parcel.lines.map((line) => (
          <li key={line.id}>
            <span className="flex items-center justify-between gap-4">
              <a
                href={`/produce/${line.listingId}`}
                className="inline-flex min-h-11 min-w-11 items-center font-bold"
              >
                {pick(locale, line.titleZh, line.titleEn)} × {line.quantity}
              </a>
              <ShipsFrom day={line.shipsFrom} />
              <Money fen={line.lineFen} />
            </span>
            <InsteadOf line={line} />
            {line.replaced && (
              <span className="flex items-center justify-between gap-4 text-sm">
                {instead("replaced", { count: line.replaced.units })}
                <Money fen={-line.replaced.fen} />
              </span>
            )}
          </li>
        ))}
      </ul>
      <Facts items={facts} />
      <TrackingLink parcel={parcel} />
      {corrected?.formerTrackingNumber && (
        <p className="hint">
          {t("corrected", {
            when: formatDateTime(corrected.occurredAt, locale),
            number: corrected.formerTrackingNumber,
          })}
        </p>
      )}
      {!isOff && orderStatus !== "pending-payment" && orderStatus !== "expired" && (
        <p>
          <a
            href={`/trace/${parcel.traceCode}`}
            className="inline-flex min-h-11 min-w-11 items-center"
          >
            {trace("title")}
          </a>
        </p>
      )}
      {isOff && note !== "" && <Notice tone="earth">{t("calledOff", { note })}</Notice>}
      {isOff || orderStatus === "pending-payment" ? (
        <p className="hint">{isOff ? words("parcelStatus.cancelled") : t("waiting")}</p>
      ) : (
        <Steps
          steps={ROAD.map((kind) => {
            const event = reached(kind);
            return {
              label: words(`parcelStatus.${kind}`),
              detail: event ? formatDateTime(event.occurredAt, locale) : undefined,
              done: event !== undefined,
            };
          })}
        />
      )}
      {children}
    </Card>
  );
}

/** Where the carrier says how far it has come. No address of ours goes along: it may tell the order. */
function TrackingLink({ parcel: { carrier, trackingNumber } }: { parcel: Parcel }) {
  const t = useTranslations("ordersAfter.track");
  const names = useTranslations("coop.carrier");
  const tracking = trackingOf(carrier, trackingNumber);
  if (!tracking) return null;
  const name = names(carriers.find((code) => code === carrier) ?? "other");
  return (
    <p>
      <a
        href={tracking.href}
        rel="noreferrer nofollow"
        className="inline-flex min-h-11 min-w-11 items-center"
      >
        {t(tracking.by, { name })}
      </a>
      <span className="hint block">{t("leaves")}</span>
    </p>
  );
}
