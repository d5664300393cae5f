import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readStockKeys } from "#app/domain/listings/read-taken-keys.ts";
import { restockListing } from "#app/domain/listings/restock-listing.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import { numberOf } from "#app/offers/read-offer.ts";
import { useTyped } from "#app/offers/use-typed.ts";
import { Button } from "#app/ui/button.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card, Notice, PageTitle } from "#app/ui/layout.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { listingPath, notFound, openListing } from "./open-listing.ts";

export const handle = {
  area: "farm",
  enhance: ["form-values", "keep-typed"],
  keptForm: { id: "restock" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { scope, listing } = await openListing(args);
  if (listing.status === "withdrawn") throw redirect(listingPath(listing.id, "over"), 303);
  return {
    title: translator(args.context.locale, "farmListing")("restock.title"),
    listing,
    clientKey: uuidv7(),
    takenKeys: await readStockKeys(args.context.db, scope, listing.id),
    today: shanghaiDay(new Date()),
  };
}

const schema = z.object({
  clientKey: z.uuid(),
  quantity: z.string().min(1, "required"),
  harvestedOn: z.string().trim().min(1, "required"),
});

function refuse(values: FormValues, errors: FieldErrors, status = 422) {
  return data({ values, errors }, { status });
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const { scope, listing } = await openListing(args);
  const form = await request.formData().catch(() => null);
  if (!form) return refuse({}, { form: "invalid" }, 400);
  const isUnfinished = switchLocale(context, form.get("locale"));
  const read = await readForm(form, schema);
  if (isUnfinished) return refuse(read.values, {}, 200);
  if (!read.ok) return refuse(read.values, read.errors);
  const { clientKey, quantity, harvestedOn } = read.value;
  const input = { listingId: listing.id, clientKey, quantity: numberOf(quantity), harvestedOn };
  const restocked = await restockListing(context.db, scope, input);
  if (restocked.ok) return redirect(leadOn(listingPath(listing.id, "restocked"), form), 303);
  switch (restocked.reason) {
    case "listing-unknown":
      throw notFound();
    case "listing-withdrawn":
      return redirect(listingPath(listing.id, "over"), 303);
    case "stock-invalid":
      return refuse(read.values, restocked.problems);
    case "presale-full":
      return refuse(read.values, { quantity: "presale-full" });
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function RestockPage() {
  const { title, listing, clientKey, takenKeys, today } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmListing.restock");
  const back = useTranslations("farmListing.edit");
  const unitWords = useUnitWords();
  const typed = useTyped({ button: t("add"), isRefused: refused !== undefined, takenKeys });
  const errors = refused?.errors ?? {};
  const values: FormValues = { clientKey, harvestedOn: today, ...refused?.values };
  const { id, available, unit, unitGrams, presaleLimit, quantityIn, takenOut } = listing;
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: listingPath(id), label: back("back") }}>{title}</PageTitle>
      <FormNotice errors={errors} labels={{ quantity: t("quantity"), harvestedOn: t("harvest") }} />
      <p data-read="">{t("left", { available, unit: unitWords(unit, unitGrams) })}</p>
      {presaleLimit !== null && (
        <Notice tone="earth">
          {t("room", {
            limit: presaleLimit,
            room: Math.max(0, presaleLimit - quantityIn + takenOut),
          })}
        </Notice>
      )}
      <form method="post" id="restock" className="stack" {...typed} noValidate>
        {/* A key that was refused would be refused again. */}
        <HiddenKey value={(errors.clientKey ? clientKey : values.clientKey) ?? ""} />
        <Card>
          <TextField
            {...fieldOf("quantity", { values, errors })}
            label={t("quantity")}
            inputMode="numeric"
            required
          />
          <TextField
            {...fieldOf("harvestedOn", { values, errors })}
            label={t("harvest")}
            hint={t("harvestHint")}
            type="date"
            required
          />
        </Card>
        <Button wide>{t("add")}</Button>
      </form>
    </div>
  );
}
