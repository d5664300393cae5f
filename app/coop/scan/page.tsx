import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { carriers } from "#app/domain/parcels/carriers.ts";
import { readParcel } from "#app/domain/parcels/read-parcel.ts";
import { readLastStep } from "#app/domain/parcels/read-ticks.ts";
import { readForm } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { Card, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { AlreadyNotice } from "../packing/already-notice.tsx";
import { deeds, readCarrier, readDeed } from "./deeds.ts";
import { ScanForm } from "./scan-form.tsx";
import { ScannedParcel } from "./scanned-parcel.tsx";
import { takeLabel, takeWaybill } from "./take-scan.ts";

export const handle = { area: "coop", enhance: ["scan-code"] };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const query = new URL(request.url).searchParams;
  const { db, locale } = context;
  const [parcel, last, already] = await Promise.all([
    readParcel(db, scope, query.get("parcel") ?? ""),
    readParcel(db, scope, query.get("last") ?? ""),
    query.has("already") ? readLastStep(db, scope, query.get("last") ?? "") : null,
  ]);
  const title = translator(locale, "packing")("scan.title");
  const deed = readDeed(query.get("do"));
  return { title, deed, carrier: readCarrier(query.get("carrier")), parcel, last, already };
}

const scan = z.object({
  code: z.string().trim().min(1).max(200),
  do: z.string().optional(),
  carrier: z.string().optional(),
  parcel: z.string().optional(),
});

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "pack");
  const form = await readForm(request, scan);
  if (!form.ok) return data({ errors: form.errors }, { status: 422 });
  const { code, parcel: parcelId, ...asked } = form.value;
  const [carrier, deed] = [readCarrier(asked.carrier), readDeed(asked.do)];
  const taken = parcelId
    ? await takeWaybill(context.db, scope, { parcelId, code, carrier })
    : await takeLabel(context.db, scope, { deed, code, carrier });
  if ("to" in taken) return redirect(taken.to, 303);
  return data({ errors: { code: taken.error } }, { status: 422 });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function ScanPage() {
  const { title, deed, carrier, parcel, last, already } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.errors.code;
  const t = useTranslations("packing.scan");
  const coop = useTranslations("coop");
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop", label: coop("today.title") }}>{title}</PageTitle>
      {already ? <AlreadyNotice step={already} /> : last && <ScannedParcel parcel={last} isDone />}
      <nav className="tabs" aria-label={t("what")}>
        {deeds.map((each) => (
          <a
            key={each}
            href={`/coop/scan?do=${each}`}
            aria-current={each === deed ? "page" : undefined}
          >
            {t(`do.${each}`)}
          </a>
        ))}
      </nav>
      {parcel && <ScannedParcel parcel={parcel} />}
      <ScanForm
        action={`/coop/scan?do=${deed}${parcel ? `&carrier=${carrier}&parcel=${parcel.id}` : ""}`}
        label={parcel ? t("waybill") : t("code")}
        hint={parcel ? t("waybillHint") : t("codeHint")}
        error={error}
      >
        <input type="hidden" name="do" value={deed} />
        {parcel && <input type="hidden" name="parcel" value={parcel.id} />}
        {deed === "ship" && (
          <SelectField
            name="carrier"
            label={coop("parcel.carrier")}
            defaultValue={carrier}
            options={carriers.map((code) => ({ value: code, label: coop(`carrier.${code}`) }))}
          />
        )}
      </ScanForm>
      {parcel && (
        <Card>
          <a
            className="inline-flex min-h-11 min-w-11 items-center"
            href={`/coop/scan?do=ship&carrier=${carrier}`}
          >
            {t("another")}
          </a>
        </Card>
      )}
    </div>
  );
}
