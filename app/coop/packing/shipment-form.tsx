import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { carriers } from "#app/domain/parcels/carriers.ts";
import { type ErrorKey, TextField } from "#app/ui/field.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { Camera } from "../scan/camera.tsx";

export type ShipmentAnswer = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

/**
 * Carrier and tracking number; what was typed stays when it is refused. The camera leaves our own label,
 * which is stuck on the same box, alone.
 */
export function ShipmentForm({
  action,
  answer,
  sent,
  children,
}: {
  action: string;
  answer?: ShipmentAnswer;
  /** What stands there now, when it is to be put right. */
  sent?: { carrier: string | null; trackingNumber: string | null };
  children: ReactNode;
}) {
  const t = useTranslations("coop");
  const scan = useTranslations("packing.scan");
  const { values, errors } = answer ?? { values: {}, errors: {} };
  return (
    <form className="stack" method="post" action={action} id="shipment">
      <SelectField
        name="carrier"
        label={t("parcel.carrier")}
        required
        defaultValue={values.carrier ?? sent?.carrier ?? carriers[0]}
        error={errors.carrier}
        options={carriers.map((carrier) => ({ value: carrier, label: t(`carrier.${carrier}`) }))}
      />
      <TextField
        name="trackingNumber"
        label={t("parcel.trackingNumber")}
        hint={t("parcel.trackingHint")}
        required
        maxLength={60}
        autoComplete="off"
        defaultValue={values.trackingNumber ?? sent?.trackingNumber ?? undefined}
        error={errors.trackingNumber}
      />
      <Camera
        {...{ button: scan("camera"), says: scan("waybillHint"), into: "trackingNumber" }}
        pattern="^(?!(TJ)?20\d{12}(-\d+|0\d)?$)[A-Za-z0-9-]{6,40}$"
      />
      {children}
    </form>
  );
}
