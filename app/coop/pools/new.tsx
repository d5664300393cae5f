import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { v7 as uuidv7 } from "uuid";
import { requireCoop } from "#app/account/guards.ts";
import { type CropGroup, readCrops } from "#app/domain/listings/read-crops.ts";
import { openPool } from "#app/domain/pools/open-pool.ts";
import { readPoolCrops, readPoolPhotos } from "#app/domain/pools/read-pool-photos.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { errorsOfRefusal } from "#app/offers/read-sent-offer.ts";
import { Button } from "#app/ui/button.tsx";
import { Card, EmptyState, PageTitle } from "#app/ui/layout.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { readPoolForm } from "./pool-fields.ts";
import { PoolForm } from "./pool-form.tsx";

export const handle = {
  area: "coop",
  keptForm: ({ crop }: { crop: unknown }) => (crop ? { id: "pool" } : undefined),
};

/** The groups with only those of their crops that a photo is shown of. */
const shownIn = (groups: CropGroup[], codes: readonly string[]) =>
  groups
    .map(({ name, crops }) => ({ name, crops: crops.filter(({ code }) => codes.includes(code)) }))
    .filter(({ crops }) => crops.length > 0);

async function readChoice(args: LoaderFunctionArgs, asked: string) {
  const { request, context } = args;
  const scope = await requireCoop(request, context, "sell");
  const groups = shownIn(
    await readCrops(context.db, context.locale),
    await readPoolCrops(context.db, scope),
  );
  const crop = groups.flatMap(({ crops }) => crops).find(({ code }) => code === asked) ?? null;
  const photos = crop ? await readPoolPhotos(context.db, scope, crop.code) : [];
  const named = crop && { code: crop.code, name: crop.name };
  return { scope, choice: { groups, crop: named, photos } };
}

export async function loader(args: LoaderFunctionArgs) {
  const asked = new URL(args.request.url).searchParams.get("crop") ?? "";
  const { choice } = await readChoice(args, asked);
  const title = translator(args.context.locale, "pools")("new");
  return { title, ...choice, clientKey: uuidv7() };
}

export async function action(args: ActionFunctionArgs) {
  const { db } = args.context;
  const form = await args.request.formData().catch(() => new FormData());
  const sent = await readPoolForm(db, form, new Date());
  const isSwitched = switchLocale(args.context, form.get("locale"));
  const { scope, choice } = await readChoice(args, sent.input.categoryCode);
  const { values, photoIds } = sent;
  const refuse = (errors: FieldErrors, status = 422) =>
    data({ values, errors, photoIds, ...choice }, { status });
  if (isSwitched) return refuse({}, 200);
  if (Object.keys(sent.errors).length > 0) return refuse(sent.errors);
  const opened = await openPool(db, scope, sent.input);
  if (opened.ok) return redirect(`/coop/pools/${opened.listingId}?news=opened`, 303);
  return refuse(errorsOfRefusal(opened));
}

export const meta: MetaFunction<typeof loader> = ({ data: read }) => [{ title: read?.title }];

export default function NewPool() {
  const loaded = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("pools");
  const { groups, crop, photos } = refused?.crop ? refused : loaded;
  const first = photos[0] ? [photos[0].id] : [];
  return (
    <div className="narrow stack">
      <PageTitle back={{ href: "/coop/pools", label: t("title") }}>{loaded.title}</PageTitle>
      {groups.length === 0 && <EmptyState title={t("crop.none")} />}
      {groups.length > 0 && !crop && <CropForm groups={groups} />}
      {crop && (
        <PoolForm
          {...{ crop, photos }}
          chosen={refused?.photoIds ?? first}
          values={refused?.values ?? { clientKey: loaded.clientKey }}
          errors={refused?.errors ?? {}}
        />
      )}
    </div>
  );
}

function CropForm({ groups }: { groups: ReturnType<typeof shownIn> }) {
  const t = useTranslations("pools.crop");
  return (
    <Card>
      <form action="/coop/pools/new" className="stack">
        <SelectField
          name="crop"
          label={t("title")}
          hint={t("hint")}
          groups={groups.map(({ name, crops }) => ({
            label: name,
            options: crops.map((crop) => ({ value: crop.code, label: crop.name })),
          }))}
        />
        <Button>{t("go")}</Button>
      </form>
    </Card>
  );
}
