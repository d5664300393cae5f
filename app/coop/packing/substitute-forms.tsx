import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { SubstituteOffer } from "#app/domain/substitutions/list-offers.ts";
import { ANSWER_HOURS } from "#app/domain/substitutions/substitution-rule.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { TextField } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Badge, Card } from "#app/ui/layout.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { useUnitWords } from "#app/ui/unit-words.ts";
import { LackFormFields } from "./lack-form-fields.tsx";
import { type Lack, offerValue } from "./substitute-fields.ts";
import { useWords } from "./words.ts";

type Sent = { errors: FieldErrors; values: FormValues };

/** First what is missing: what may replace it depends on that. A form that only asks. */
export function LackForm({ parcel, errors, values }: { parcel: ReadParcel } & Sent) {
  const t = useTranslations("substitutes");
  return (
    <Card>
      <form method="get" className="stack">
        <LackFormFields
          {...{ parcel, errors, values }}
          count={{ name: "missing", hint: t("missingHint") }}
          labels={{ line: t("what"), count: t("missing"), reason: t("reason") }}
        />
        <Button>{t("look")}</Button>
      </form>
    </Card>
  );
}

/** Then what is offered instead, and how much of it. */
export function OfferForm({
  parcel,
  lack,
  offers,
  clientKey,
  errors,
  values,
}: {
  parcel: ReadParcel;
  lack: Lack;
  offers: SubstituteOffer[];
  clientKey: string;
} & Sent) {
  const t = useTranslations("substitutes");
  const words = useWords();
  const line = parcel.lines.find(({ id }) => id === lack.line);
  if (!line) return null;
  const paid = formatFen((line.lineFen / line.quantity) * lack.missing);
  const goods = `${words.graded(line)} ${words.quantity({ ...line, quantity: lack.missing })}`;
  const again = new URLSearchParams({ line: lack.line, missing: "", reason: lack.reason });
  return (
    <Card>
      <p className="font-bold">{t("lacks", { goods, paid })}</p>
      <p>
        <a
          className="inline-flex min-h-11 min-w-11 items-center"
          href={`/coop/parcels/${parcel.id}/substitute?${again}`}
        >
          {t("again")}
        </a>
      </p>
      {offers.length === 0 ? (
        <>
          <p>{t("none")}</p>
          <p>
            <ButtonLink variant="quiet" href={`/coop/parcels/${parcel.id}/shortages`}>
              {t("toShort")}
            </ButtonLink>
          </p>
        </>
      ) : (
        <form method="post" className="stack" id="offer">
          <HiddenKey value={clientKey} />
          <Choice name="offer" label={t("choose")} error={errors.offer}>
            {offers.map((offer) => (
              <Offer key={offer.listingId} offer={offer} chosen={values.offer} />
            ))}
          </Choice>
          <TextField
            name="quantity"
            label={t("quantity")}
            hint={t("quantityHint", { paid })}
            inputMode="numeric"
            required
            defaultValue={values.quantity}
            error={errors.quantity}
            autoComplete="off"
          />
          <Button>{t("ask")}</Button>
        </form>
      )}
    </Card>
  );
}

function Offer({ offer, chosen }: { offer: SubstituteOffer; chosen?: string }) {
  const t = useTranslations("substitutes");
  const words = useWords();
  const unitWords = useUnitWords();
  const count = (quantity: number) => words.quantity({ ...offer, quantity });
  return (
    <label className="flex min-h-11 items-center gap-3 border-t border-line py-2">
      <input
        className="size-6 shrink-0"
        type="radio"
        name="offer"
        value={offerValue(offer)}
        defaultChecked={offerValue(offer) === chosen}
      />
      <span className="w-16 shrink-0">
        <Picture
          photo={offer.photo}
          alt=""
          sizes="4rem"
          waitingText={t(offer.photo ? "photoWaiting" : "noPhoto")}
        />
      </span>
      <span className="min-w-0 flex-1">
        <strong className="block break-words">{words.graded(offer)}</strong>
        <span className="block">
          {t("price", {
            price: formatFen(offer.priceFen),
            unit: unitWords(offer.unit, offer.unitGrams),
          })}{" "}
          {offer.isSameCrop && <Badge tone="leaf">{t("sameCrop")}</Badge>}
        </span>
        <span className="block text-sm text-earth">
          {t("most", { quantity: count(offer.most), available: count(offer.available) })}
        </span>
      </span>
    </label>
  );
}

const STEPS = ["ask", "hours", "price", "hold"] as const;

/** For who has never done it. */
export function SubstituteGuide() {
  const t = useTranslations("substitutes");
  return (
    <Card title={t("guideTitle")}>
      <ul className="list-disc space-y-2 ps-5">
        {STEPS.map((step) => (
          <li key={step}>{t(`guide.${step}`, { hours: ANSWER_HOURS })}</li>
        ))}
      </ul>
    </Card>
  );
}
