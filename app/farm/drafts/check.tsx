import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  redirect,
} from "@remix-run/server-runtime";
import { useLocale, useTranslations } from "use-intl";
import { publishDraft } from "#app/domain/drafts/publish-draft.ts";
import { readShownHome } from "#app/domain/households/read-shown-home.ts";
import { gramsOf } from "#app/domain/listings/offer-rules.ts";
import { readCrops } from "#app/domain/listings/read-crops.ts";
import { readPriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import { splitLine } from "#app/domain/orders/split-line.ts";
import { readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import { requireSameHousehold } from "#app/forms/household-key.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { type AskedPrice, askAboutPrice } from "#app/offers/ask-about-price.ts";
import { GrownAt } from "#app/offers/grown-at.tsx";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { PriceGuide } from "#app/offers/price-guide.tsx";
import { PriceQuestion } from "#app/offers/price-question.tsx";
import { versionOf } from "#app/offers/version-of.ts";
import { Button } from "#app/ui/button.tsx";
import { fenPerJin, formatDate } from "#app/ui/format.ts";
import { Card, Notice } from "#app/ui/layout.tsx";
import { Money, PerJin } from "#app/ui/money.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { publishedPath } from "../listings/take-offer.ts";
import { errorsOf, firstToMend, judgeDraft } from "./judge-draft.ts";
import { STEP_LABELS } from "./labels.ts";
import { openDraft, shownOf } from "./open-draft.ts";
import { ShownPhoto } from "./shown-photo.tsx";
import { StepPage } from "./step-page.tsx";
import { type Step, stepPath } from "./steps.ts";
import { Yours } from "./yours.tsx";

/** Here keep-typed.js hears that the page before has arrived. */
export const handle = {
  area: "farm",
  enhance: ["kept-words", "keep-typed", "draft-saved", "photo-seen"],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { context } = args;
  const { scope, draft } = await openDraft(args);
  const { offer, errors } = await judgeDraft(draft, new Date());
  const guidance = await readPriceGuidance(context.db, scope, offer.categoryCode);
  const crops = (await readCrops(context.db, context.locale)).flatMap(({ crops }) => crops);
  const unitFen = firstToMend(errors) ? 0 : offer.priceFen;
  const { shareFen } = splitLine({
    lineFen: unitFen,
    feeBasisPoints: guidance.feeBasisPoints,
    quantities: [1],
  });
  return {
    title: translator(context.locale, "farmDraft")("check.title"),
    draft: shownOf(draft),
    photos: await readOwnPhotos(context.db, scope, draft.photoIds),
    crop: crops.find(({ code }) => code === offer.categoryCode)?.name ?? "",
    offer,
    errors,
    guidance,
    home: await readShownHome(context.db, scope, context.locale),
    yoursFen: shareFen[0] ?? 0,
  };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const { scope, draft } = await openDraft(args);
  const form = await request.formData().catch(() => null);
  if (!form) throw new Response("Bad request", { status: 400 });
  requireSameHousehold(form, scope);
  const here = stepPath(draft.id, "check");
  if (switchLocale(context, form.get("locale"))) return redirect(here, 303);
  const t = translator(context.locale, "farmDraft");
  const refuse = (notice?: string, more: { status?: number; asked?: AskedPrice } = {}) =>
    data({ notice, asked: more.asked }, { status: more.status ?? 422 });
  // She publishes what she has read, not what another phone has made of it meanwhile.
  if (versionOf(form) !== draft.version) {
    return refuse(t("check.changed"), { status: 409 });
  }
  const { offer, errors } = await judgeDraft(draft, new Date());
  if (firstToMend(errors)) return refuse(t("check.missing"));
  const asked = await askAboutPrice(context, scope, form, offer);
  if (asked) return refuse(undefined, { asked });
  const published = await publishDraft(context.db, scope, draft, offer);
  if (published.ok) return redirect(publishedPath(published), 303);
  switch (published.reason) {
    case "draft-changed":
      return refuse(t("check.changed"), { status: 409 });
    case "unknown-category":
      return redirect(stepPath(draft.id, "crop"), 303);
    case "photo-not-yours":
      return redirect(stepPath(draft.id, "photos"), 303);
    case "no-relief-account":
      return refuse(translator(context.locale, "farm")("new.noAccount"));
    case "offer-invalid":
      return refuse(t("check.missing"));
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

/**
 * One page's part of the offer: what it says, or what it still needs, and the way back to it. What
 * it says is drawn only where nothing is wrong with it: a price that is none cannot be written.
 */
function Part({
  step,
  draftId,
  errors,
  children,
}: {
  step: Step;
  draftId: string;
  errors: FieldErrors;
  children: React.ReactNode;
}) {
  const t = useTranslations("farmDraft");
  const words = useTranslations("errors");
  const labels = useOfferLabels();
  const mine = Object.entries(errorsOf(step, errors));
  return (
    <section className="draft-part">
      <div className={step === "photos" ? "w-full flex-none" : undefined}>
        {mine.length === 0 ? (
          children
        ) : (
          <ul className="error">
            {mine.map(([name, key]) => (
              <li key={name}>
                {labels[name] ?? name}：{key && words(key)}
              </li>
            ))}
          </ul>
        )}
      </div>
      <a className="btn btn-quiet" href={`${stepPath(draftId, step)}?to=check`}>
        {t("check.mend")}
        <span className="sr-only"> {t(STEP_LABELS[step])}</span>
      </a>
    </section>
  );
}

function Photos({ photos }: Loaded) {
  const t = useTranslations("farm.new");
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3">
      {photos.map((photo, index) => (
        <li key={photo.id} className="thumb">
          <ShownPhoto
            photo={photo}
            alt={t("keep", { number: index + 1 })}
            sizes="(min-width: 40rem) 12rem, 40vw"
            waitingText={t("waiting")}
          />
        </li>
      ))}
    </ul>
  );
}

function Crop({ crop, offer }: Loaded) {
  const t = useTranslations("farmDraft.check");
  const words = useTranslations("words.grade");
  return (
    <>
      <p className="text-xl font-bold">{offer.titleZh}</p>
      <p>{t("kind", { crop, grade: words(offer.grade) })}</p>
      {offer.titleEn && <p>{offer.titleEn}</p>}
    </>
  );
}

function Amount({ offer }: Loaded) {
  const t = useTranslations("farmDraft.check");
  const unitWords = useUnitWords();
  const grams = gramsOf(offer.unit, offer.unitGrams) ?? 1;
  return (
    <>
      <p className="text-xl">
        <Money fen={offer.priceFen} /> / {unitWords(offer.unit, grams)}{" "}
        <PerJin fenPerJin={fenPerJin(offer.priceFen, grams)} />
      </p>
      <p>{t("quantity", { quantity: offer.quantity })}</p>
      <p>{t("harvest", { day: formatDate(offer.harvestedOn, useLocale()) })}</p>
      <ShipsFrom day={offer.shipsFrom ?? null} />
    </>
  );
}

export default function DraftCheckPage() {
  const loaded = useLoaderData<typeof loader>();
  const { title, draft, errors, guidance, home } = loaded;
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmDraft");
  const toMend = firstToMend(errors);
  return (
    <StepPage draft={draft} step="check" title={title}>
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      <PriceQuestion asked={refused?.asked} button={t("check.publish")} />
      <Card>
        <Part step="photos" draftId={draft.id} errors={errors}>
          <Photos {...loaded} />
        </Part>
        <Part step="crop" draftId={draft.id} errors={errors}>
          <Crop {...loaded} />
        </Part>
        <Part step="amount" draftId={draft.id} errors={errors}>
          <Amount {...loaded} />
        </Part>
        <GrownAt home={home} />
      </Card>
      {!toMend && <Yours {...loaded} />}
      <PriceGuide guidance={guidance} />
      {toMend ? (
        <a className="btn w-full" href={`${stepPath(draft.id, toMend)}?to=check`}>
          {t("check.goMend")}
        </a>
      ) : (
        <Button variant="buy" wide>
          {t("check.publish")}
        </Button>
      )}
    </StepPage>
  );
}
