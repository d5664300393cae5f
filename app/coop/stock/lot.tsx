import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { data, redirect } from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { requireCoop } from "#app/account/guards.ts";
import { MAX_QUANTITY } from "#app/domain/listings/offer-rules.ts";
import { correctStock, stockReasons } from "#app/domain/stock/correct-stock.ts";
import { readLot } from "#app/domain/stock/read-lots.ts";
import { quantityField } from "#app/forms/quantity-field.ts";
import { type FieldErrors, readForm } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Facts, Notice, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { Movements } from "./movements.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ lot }: { lot: { available: number } }) =>
    lot.available > 0 ? { id: "correction" } : undefined,
};

async function open({ request, context, params }: LoaderFunctionArgs) {
  const scope = await requireCoop(request, context, "sell");
  const found = await readLot(context.db, scope, params.lotId ?? "");
  if (!found) throw new Response(null, { status: 404 });
  return { scope, found };
}

export async function loader(args: LoaderFunctionArgs) {
  const { found } = await open(args);
  const isCorrected = new URL(args.request.url).searchParams.get("done") === "corrected";
  const title = translator(args.context.locale, "intake")("stock.lotTitle");
  return { title, ...found, isCorrected, clientKey: uuidv7() };
}

const correction = z.object({
  clientKey: z.uuid(),
  quantity: quantityField(1, MAX_QUANTITY),
  reason: z.enum(stockReasons, "choose"),
});

const problems = {
  "not-so-many": "stockLess",
  "quantity-invalid": "atLeastOne",
  "taken-before": "stockBefore",
} as const;

export async function action(args: ActionFunctionArgs) {
  const { scope, found } = await open(args);
  const form = await readForm(args.request, correction);
  const { values } = form;
  const refuse = (errors: FieldErrors, status: number) => data({ errors, values }, { status });
  if (switchLocale(args.context, values.locale)) return refuse({}, 200);
  if (!form.ok) return refuse(form.errors, 422);
  const { id: lotId } = found.lot;
  const done = await correctStock(args.context.db, scope, { ...form.value, lotId });
  if (done.ok) return redirect(`/coop/stock/${lotId}?done=corrected`, 303);
  if (done.reason === "lot-unknown") throw new Response(null, { status: 404 });
  return refuse({ quantity: problems[done.reason] }, 409);
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function LotPage() {
  const { title, lot, movements, isCorrected, clientKey } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const t = useTranslations("intake.stock");
  const certificates = useTranslations("certificates");
  const reasons = useTranslations("farmListing.sellOut.reason");
  const locale = useLocale();
  const unitWords = useUnitWords();
  const sent = { values: answer?.values ?? {}, errors: answer?.errors ?? {} };
  return (
    <div className="stack">
      <PageTitle back={{ href: "/coop/stock", label: t("title") }}>{title}</PageTitle>
      {isCorrected && !answer && (
        <Notice tone="leaf" role="status">
          {t("done")}
        </Notice>
      )}
      <FormNotice errors={answer?.errors} labels={{ quantity: t("quantity"), reason: t("why") }} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title={pick(locale, lot.titleZh, lot.titleEn)}>
          <Facts
            items={[
              [
                t("household"),
                <span key="head" lang="zh-CN">
                  {lot.headName}
                </span>,
              ],
              [t("unit"), unitWords(lot.unit, lot.unitGrams)],
              [t("in"), lot.quantityIn],
              [t("available"), <strong key="now">{lot.available}</strong>],
              [t("held"), lot.held],
              [t("sold"), lot.sold],
              [t("takenOut"), lot.takenOut],
            ]}
          />
          <ButtonLink variant="quiet" href={`/coop/listings/${lot.listingId}/certificates`}>
            {certificates("manage")}
          </ButtonLink>
        </Card>
        <Card title={t("correct")}>
          <p className="text-earth">{t("correctHint")}</p>
          {lot.available === 0 ? (
            <p>{t("nothing")}</p>
          ) : (
            <form method="post" className="stack" id="correction">
              <HiddenKey value={clientKey} />
              <TextField
                {...fieldOf("quantity", sent)}
                label={t("quantity")}
                hint={t("quantityHint", { available: lot.available })}
                inputMode="numeric"
                autoComplete="off"
                required
              />
              <SelectField
                {...fieldOf("reason", sent)}
                label={t("why")}
                placeholder={t("choose")}
                options={stockReasons.map((reason) => ({ value: reason, label: reasons(reason) }))}
                required
              />
              <Button variant="danger">{t("take")}</Button>
            </form>
          )}
        </Card>
      </div>
      <Card title={t("movements")}>
        <Movements rows={movements} />
      </Card>
    </div>
  );
}
