import { type MetaFunction, useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useMessages, useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { OFFER_BOUNDS } from "#app/domain/listings/offer-rules.ts";
import { translator } from "#app/i18n/translate.ts";
import { GrownAt } from "#app/offers/grown-at.tsx";
import { CropFields, EnglishField } from "#app/offers/offer-fields.tsx";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { PriceFields } from "#app/offers/price-fields.tsx";
import { PriceGuides } from "#app/offers/price-guide.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatDate } from "#app/ui/format.ts";
import { PageTitle } from "#app/ui/layout.tsx";
import { WaitingOffers } from "#app/ui/waiting-offers.tsx";
import { readOfferForm } from "../listings/offer-defaults.ts";
import { Differs } from "./differs.tsx";
import { scripts } from "./files.ts";
import { PriceDoubt } from "./price-doubt.tsx";
import { SentPart } from "./sent-part.tsx";
import { WaitingPhotos } from "./waiting-photos.tsx";

export const handle = {
  area: "farm",
  enhance: [
    "form-values",
    "kept-words",
    "price-per-jin",
    "quantity-buttons",
    "crop-terms",
    "photo-shelf",
    "photo-shrink",
    "photo-choice",
    "waiting-offers",
  ],
  keptForm: { id: "offer" },
};

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = await requireHousehold(request, context);
  return {
    title: translator(context.locale, "farm")("new.title"),
    ...(await readOfferForm(context, scope)),
    // The phone may show it days later.
    seenOn: formatDate(shanghaiDay(new Date()), context.locale),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

/** What has become of the offer, and the way on; filled in and shown by the script. */
function OfferState() {
  const t = useTranslations("farmOffline");
  return (
    <div className="notice tone-leaf" role="status" data-offer-state="" hidden>
      <p />
      <SentPart />
      <div data-for="published" className="stack" hidden>
        <a data-see="" className="inline-flex min-h-11 min-w-11 items-center" href="/farm/listings">
          {t("see")}
        </a>
        <ButtonLink href="/farm/offline#new" wide>
          {t("again")}
        </ButtonLink>
      </div>
      <div data-for="sign-in" hidden>
        <ButtonLink href="/sign-in?to=/farm/listings" wide>
          {t("signIn")}
        </ButtonLink>
      </div>
      {["draft", "kept"].map((state) => (
        <a
          key={state}
          data-for={state}
          className="inline-flex min-h-11 min-w-11 items-center"
          href="/farm/offline#new"
          hidden
        >
          {t("another")}
        </a>
      ))}
    </div>
  );
}

/** Photos of a draft that had arrived before the line was lost: they are in no phone to be shown. */
function PhotosThere() {
  const t = useTranslations("farmOffline.draft");
  return (
    <div
      className="notice tone-leaf stack"
      data-photos-there={t("there", { count: "{count}" })}
      hidden
    >
      <p />
      <button type="button" className="btn btn-quiet w-full">
        {t("without")}
      </button>
    </div>
  );
}

/** Everything the script says, in the reader's language: there may be nobody to ask then. */
function useWords() {
  const t = useTranslations("farmOffline");
  const own = useTranslations("farm.new");
  const { farmOffline, farmPhoto, errors } = useMessages();
  return {
    ...{ state: farmOffline.state, photo: own("photo"), limit: own("limit") },
    bounds: OFFER_BOUNDS,
    errors: { ...errors, ...farmPhoto.refused },
    photoSaid: t("photoSaid", { number: "{number}", said: "{said}" }),
    ...{ removePhoto: t("removePhoto", { number: "%" }), full: t("full") },
    withoutPhoto: t("withoutPhoto"),
    ...{ over: t("over"), noAccount: own("noAccount") },
  };
}

/**
 * One page for a whole offer, which the service worker keeps in the phone. Its script keeps what is
 * typed and shot there as well, and sends it when there is a signal; without it, the form is that of
 * the one-page listing.
 */
export default function OfflinePage() {
  const { title, crops, lastCrops, prices, terms, defaults, home, seenOn } =
    useLoaderData<typeof loader>();
  const t = useTranslations("farmOffline");
  const own = useTranslations("farm.new");
  const drawn = { values: defaults, errors: {} };
  return (
    <div className="narrow stack">
      <PageTitle>{title}</PageTitle>
      <p data-with-script="" hidden>
        {t("intro")}
      </p>
      <WaitingOffers />
      <WaitingPhotos />
      <OfferState />
      <Differs />
      <form
        method="post"
        action="/farm/listings/new/whole"
        encType="multipart/form-data"
        id="offer"
        className="stack"
        data-crop-terms={JSON.stringify(terms)}
        data-words={JSON.stringify(useWords())}
        noValidate
      >
        <HiddenKey value={defaults.clientKey ?? ""} />
        <PhotoFields photos={[]} refused={[]} />
        <PhotosThere />
        <CropFields {...{ crops, lastCrops, ...drawn }} />
        <PriceGuides
          guides={prices.guides}
          crops={crops}
          chosen={defaults.category}
          seenOn={seenOn}
        />
        <PriceFields {...drawn} feeBasisPoints={prices.feeBasisPoints} />
        <EnglishField {...drawn} />
        <GrownAt home={home} />
        <PriceDoubt button={own("publish")} />
        <Button wide>{own("publish")}</Button>
      </form>
      {/* With its script the phone keeps what is typed, and the form above is never sent. */}
      <form method="post" action="/language" id="offer-language">
        <input type="hidden" name="to" value="/farm/offline" />
      </form>
      <script src={scripts.keptDiffers} defer />
      <script src={scripts.keptCheck} defer />
      <script src={scripts.keptDoubt} defer />
      <script src={scripts.keptErrors} defer />
      <script src={scripts.takeDraft} defer />
      <script src={scripts.offlineListing} defer />
    </div>
  );
}
