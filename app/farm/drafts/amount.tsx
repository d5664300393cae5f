import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readPriceGuidance } from "#app/domain/listings/read-price-guidance.ts";
import type { FormValues } from "#app/forms/read-form.ts";
import { translator } from "#app/i18n/translate.ts";
import { readTermsByCrop, termsOf } from "#app/offers/crop-terms.ts";
import { PriceFields } from "#app/offers/price-fields.tsx";
import { PriceGuide } from "#app/offers/price-guide.tsx";
import { Button } from "#app/ui/button.tsx";
import { nudgeQuantity } from "./nudge-quantity.ts";
import { openDraft, shownOf } from "./open-draft.ts";
import { StepPage } from "./step-page.tsx";
import { takeStep } from "./take-step.ts";

export const handle = {
  area: "farm",
  enhance: [
    "form-values",
    "kept-words",
    "keep-typed",
    "price-per-jin",
    "quantity-buttons",
    ...["draft-saved", "mended"],
  ],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { context, request } = args;
  const { scope, draft } = await openDraft(args);
  const terms = await readTermsByCrop(context.db, scope);
  const defaults: FormValues = {
    ...termsOf(terms, draft.fields.category),
    harvestedOn: shanghaiDay(new Date()),
  };
  return {
    title: translator(context.locale, "farmDraft")("amount.title"),
    draft: shownOf(draft),
    values: { ...defaults, ...draft.fields } as FormValues,
    guidance: await readPriceGuidance(context.db, scope, draft.fields.category ?? ""),
    to: new URL(request.url).searchParams.get("to"),
  };
}

export async function action(args: ActionFunctionArgs) {
  return takeStep(args, "amount", nudgeQuantity);
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

export default function DraftAmountPage() {
  const { title, draft, values: kept, guidance, to } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmDraft");
  const values = { ...kept, ...refused?.values };
  return (
    <StepPage draft={draft} step="amount" title={title} refused={refused} to={to}>
      <PriceGuide guidance={guidance} />
      <PriceFields
        values={values}
        errors={refused?.errors ?? {}}
        feeBasisPoints={guidance.feeBasisPoints}
        isStep
      />
      {!refused?.late && <Button wide>{t("next")}</Button>}
    </StepPage>
  );
}
