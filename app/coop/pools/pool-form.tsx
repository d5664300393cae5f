import { useTranslations } from "use-intl";
import { grades, MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import type { PoolPhoto } from "#app/domain/pools/read-pool-photos.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { UnitFields } from "#app/offers/offer-fields.tsx";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { fieldOf, TextField } from "#app/ui/field.tsx";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Card } from "#app/ui/layout.tsx";
import { Picture } from "#app/ui/picture.tsx";

type Sent = { values: FormValues; errors: FieldErrors };
type Crop = { code: string; name: string };

/** What is offered, at what price and with which photos; how much of it there is the scale says. */
export function PoolForm({
  crop,
  photos,
  chosen,
  ...sent
}: Sent & { crop: Crop; photos: PoolPhoto[]; chosen: readonly string[] }) {
  const t = useTranslations("pools.form");
  const yuan = useTranslations("farm.new")("yuan");
  const grade = useTranslations("words.grade");
  const labels = useOfferLabels();
  const { values, errors } = sent;
  return (
    <form
      method="post"
      action={`/coop/pools/new?crop=${crop.code}`}
      id="pool"
      className="stack"
      noValidate
    >
      <FormNotice errors={errors} labels={labels} />
      <HiddenKey value={values.clientKey ?? ""} />
      <input type="hidden" name="category" value={crop.code} />
      <Card title={crop.name}>
        <p>
          <a className="inline-flex min-h-11 min-w-11 items-center" href="/coop/pools/new">
            {t("otherCrop")}
          </a>
        </p>
        <TextField
          {...fieldOf("title", sent)}
          label={t("name")}
          hint={t("nameHint")}
          maxLength={60}
        />
        <TextField {...fieldOf("titleEn", sent)} label={t("english")} maxLength={120} />
        <Choice
          name="grade"
          label={t("grade")}
          options={grades.map((value) => ({ value, label: grade(value) }))}
          chosen={values.grade}
          error={errors.grade}
        />
        <UnitFields {...sent} />
        <TextField
          {...fieldOf("price", sent)}
          label={t("price")}
          hint={t("priceHint")}
          inputMode="decimal"
          suffix={yuan}
          autoComplete="off"
          required
        />
      </Card>
      <Card>
        <PhotoChoice {...{ crop, photos, chosen }} error={errors.photo} />
      </Card>
      <Button wide>{t("save")}</Button>
      <p className="hint">{t("saveHint")}</p>
    </form>
  );
}

function PhotoChoice({
  crop,
  photos,
  chosen,
  error,
}: {
  crop: Crop;
  photos: PoolPhoto[];
  chosen: readonly string[];
  error: FieldErrors[string];
}) {
  const t = useTranslations("pools.form");
  const words = useTranslations("errors");
  return (
    <fieldset id="field-photo" className="min-w-0" aria-describedby={error && "field-photo-error"}>
      <legend className="label">{t("photo")}</legend>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {photos.map((photo, at) => (
          <label key={photo.id} className="flex min-h-11 flex-col gap-2">
            <Picture
              photo={photo}
              alt={t("photoOf", { crop: crop.name, number: at + 1 })}
              sizes="(min-width: 40rem) 12rem, 45vw"
              waitingText=""
            />
            <input
              className="size-6"
              type="checkbox"
              name="photo"
              value={photo.id}
              defaultChecked={chosen.includes(photo.id)}
            />
          </label>
        ))}
      </div>
      <p className="hint">{t("photoHint", { most: MAX_PHOTOS })}</p>
      {error && (
        <p className="error" id="field-photo-error">
          {words(error)}
        </p>
      )}
    </fieldset>
  );
}
