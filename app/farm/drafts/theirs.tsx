import { useTranslations } from "use-intl";
import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { useFieldWords } from "#app/offers/field-words.ts";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { Notice } from "#app/ui/layout.tsx";
import type { Refused } from "./labels.ts";
import { type Step, stepPath } from "./steps.ts";

export type Crops = ReadonlyArray<{ crops: ReadonlyArray<{ code: string; name: string }> }>;

/** What a crop is called, by its code. */
export function cropNames(crops: Crops = []): (code: string) => string {
  const kinds = crops.flatMap((group) => group.crops);
  return (code) => kinds.find((crop) => crop.code === code)?.name ?? code;
}

/** Another tab or phone saved something else meanwhile: both are shown, and she chooses. */
export function Theirs({
  draft,
  step,
  theirs,
  photosWere,
  values,
  crops,
}: {
  draft: Pick<Draft, "id">;
  step: Step;
  theirs: NonNullable<Refused["theirs"]>;
  photosWere?: number;
  values: FormValues;
  crops?: Crops;
}) {
  const t = useTranslations("farmDraft");
  const labels = useOfferLabels();
  const read = useFieldWords(cropNames(crops));
  const differing = Object.entries(values).filter(
    ([name, text]) => ((theirs.fields as FormValues)[name] ?? "") !== text,
  );
  return (
    <Notice tone="persimmon" title={t("changed.title")} role="alert">
      <p>{t("changed.body")}</p>
      <ul>
        {differing.map(([name, text]) => (
          <li key={name}>
            {t("changed.field", {
              field: labels[name] ?? name,
              mine: read(name, text),
              theirs: read(name, (theirs.fields as FormValues)[name]),
            })}
          </li>
        ))}
        {photosWere !== undefined && (
          <li>{t("changed.photos", { mine: photosWere, theirs: theirs.photoIds.length })}</li>
        )}
      </ul>
      <a
        className="inline-flex min-h-11 min-w-11 items-center"
        href={stepPath(draft.id, step)}
        data-typed-drop=""
      >
        {t("changed.takeTheirs")}
      </a>
    </Notice>
  );
}
