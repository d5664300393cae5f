import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { planCycle } from "#app/domain/cycles/plan-cycle.ts";
import { readOffers, readVillages } from "#app/domain/cycles/read-villages.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { readPlan } from "./cycle-fields.ts";
import { CycleForm } from "./cycle-form.tsx";
import { MOST_OFFERS } from "./most-offers.ts";
import { inTheWay, planErrors } from "./plan-errors.ts";
import { newValues } from "./shown-values.ts";

export const handle = { area: "coop", keptForm: { id: "cycle" } };

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const [villages, offers] = await Promise.all([
    readVillages(context.db, scope),
    readOffers(context.db, scope, MOST_OFFERS),
  ]);
  return {
    ...{ title: translator(context.locale, "cycles")("new.title"), villages, offers },
    ...{ values: newValues(villages, new Date()), clientKey: uuidv7() },
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const form = await request.formData().catch(() => new FormData());
  const villages = await readVillages(context.db, scope);
  const { plan, values, errors, chosen } = await readPlan(form, villages, null);
  const { data: clientKey = "" } = z.uuid().safeParse(form.get("clientKey"));
  const sent = { values, chosen, clientKey };
  if (switchLocale(context, form.get("locale"))) {
    return data({ ...sent, errors: {}, inTheWay: [] }, { status: 200 });
  }
  if (!plan || clientKey === "") {
    const missing = clientKey === "" ? { clientKey: "required" as const } : {};
    return data({ ...sent, errors: { ...errors, ...missing }, inTheWay: [] }, { status: 422 });
  }
  const planned = await planCycle(context.db, scope, { plan, clientKey });
  if (planned.ok) {
    return redirect(
      `/coop/cycles/${planned.cycleId}?news=${planned.isNew ? "planned" : "had"}`,
      303,
    );
  }
  const status = planned.reason === "faults" ? 422 : 409;
  const refused = {
    ...{ errors: planErrors(planned, villages) },
    inTheWay: inTheWay("listings" in planned ? planned : {}),
  };
  return data({ ...sent, ...refused }, { status });
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

const NOTHING_FIXED = { opens: false, closes: false, ships: false, listings: false };

export default function NewCycle() {
  const { title, villages, offers, values, clientKey } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("cycles");
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/cycles", label: t("title") }}>{title}</PageTitle>
      <p>{t("new.hint")}</p>
      <CycleForm
        {...{ villages, offers, fixed: NOTHING_FIXED, save: t("new.save") }}
        action="/coop/cycles/new"
        hidden={{ name: "clientKey", value: refused?.clientKey || clientKey }}
        chosen={refused?.chosen ?? []}
        values={refused?.values ?? values}
        errors={refused?.errors ?? {}}
        inTheWay={refused?.inTheWay ?? []}
      />
    </div>
  );
}
