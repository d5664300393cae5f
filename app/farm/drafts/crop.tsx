import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { readCrops, readLastCrops } from "#app/domain/listings/read-crops.ts";
import { readLastListing } from "#app/domain/listings/read-own-listings.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { gradeOf, gradesOf, readTermsByCrop } from "#app/offers/crop-terms.ts";
import { ENTER_FINDS_CROP, isFindingCrop } from "#app/offers/is-finding-crop.ts";
import { CropFields, EnglishField } from "#app/offers/offer-fields.tsx";
import { Button } from "#app/ui/button.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { followCrop } from "./follow-crop.ts";
import { draftOf, openDraft, shownOf } from "./open-draft.ts";
import { StepPage } from "./step-page.tsx";
import { stepPath } from "./steps.ts";
import { takeStep } from "./take-step.ts";

export const handle = {
  area: "farm",
  enhance: ["form-values", "kept-words", "keep-typed", "crop-terms", "draft-saved", "mended"],
  keptForm: { id: "listing", enter: ENTER_FINDS_CROP },
};

export async function loader(args: LoaderFunctionArgs) {
  const { context, request } = args;
  const { scope, draft } = await openDraft(args);
  const last = await readLastListing(context.db, scope);
  const terms = await readTermsByCrop(context.db, scope);
  const category = draft.fields.category ?? last?.categoryCode;
  const defaults: FormValues = { category, grade: gradeOf(terms, category) };
  const { searchParams } = new URL(request.url);
  const cropSearch = searchParams.get("find")?.slice(0, 40);
  return {
    title: translator(context.locale, "farmDraft")("crop.title"),
    draft: shownOf(draft),
    crops: await readCrops(context.db, context.locale),
    lastCrops: await readLastCrops(context.db, scope),
    values: { ...defaults, ...draft.fields, cropSearch } as FormValues,
    grades: gradesOf(terms),
    to: searchParams.get("to"),
  };
}

/**
 * A farmer who gives no name sells what it is, and another name and price when she changes what it
 * is. While she looks for a crop, it is still last season's that is chosen.
 */
export async function action(args: ActionFunctionArgs) {
  return takeStep(args, "crop", async (values, form) => {
    if (!values.category || isFindingCrop(form)) return values;
    const { scope, draft } = await draftOf(args);
    if (draft.publishedListingId) return values;
    const gradedAs = String(form.get("gradedAs") ?? values.category);
    return followCrop(args.context.db, scope, draft, { ...values, gradedAs });
  });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function DraftCropPage() {
  const {
    title,
    draft,
    crops,
    lastCrops,
    values: kept,
    grades,
    to,
  } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmDraft");
  const values = { ...kept, ...refused?.values };
  const errors = refused?.errors ?? {};
  return (
    <StepPage {...{ draft, title, refused, to, grades, crops }} step="crop">
      {/* The crop whose grade is shown: without a script the next one is not known yet. */}
      <HiddenKey name="gradedAs" value={values.category ?? ""} />
      <CropFields
        {...{ crops, lastCrops, values, errors }}
        findAction={`${stepPath(draft.id, "crop")}#crops`}
        isStep
      />
      <EnglishField values={values} errors={errors} isStep />
      {!refused?.late && <Button wide>{t("next")}</Button>}
    </StepPage>
  );
}
