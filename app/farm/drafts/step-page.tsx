import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Draft } from "#app/domain/drafts/draft-fields.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { useOfferLabels } from "#app/offers/offer-labels.ts";
import { FormNotice, HiddenKey } from "#app/ui/form.tsx";
import { Notice, PageTitle } from "#app/ui/layout.tsx";
import { HouseholdField } from "../offline/household-field.tsx";
import { GoOffline } from "./go-offline.tsx";
import { type Refused, STEP_LABELS } from "./labels.ts";
import { PublishedNotice } from "./published.tsx";
import { STEPS, type Step, stepPath } from "./steps.ts";
import { type Crops, Theirs } from "./theirs.tsx";

type OpenDraft = Pick<Draft, "id" | "version" | "fields" | "photoIds">;

/** Where she is among the four pages; those behind her can be opened again. */
function Progress({ draft, step }: { draft: OpenDraft; step: Step }) {
  const t = useTranslations("farmDraft");
  const at = STEPS.indexOf(step);
  return (
    <nav aria-label={t("progress")}>
      <ol className="draft-steps">
        {STEPS.map((one, index) => (
          <li key={one} data-state={index < at ? "done" : index === at ? "now" : "next"}>
            {index < at ? (
              <a href={stepPath(draft.id, one)}>{t(STEP_LABELS[one])}</a>
            ) : (
              <span aria-current={index === at ? "step" : undefined}>{t(STEP_LABELS[one])}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The frame of a page of the draft: title, progress, what is wrong, and the form around it. */
export function StepPage({
  draft,
  step,
  title,
  refused,
  files,
  to,
  grades,
  crops,
  children,
}: {
  draft: OpenDraft;
  step: Step;
  title: string;
  refused?: Refused;
  files?: boolean;
  to?: string | null;
  /** By crop, what crop-terms.js puts into this page. */
  grades?: Record<string, object>;
  /** What crops are called, where they are chosen. */
  crops?: Crops;
  children: ReactNode;
}) {
  const labels = useOfferLabels();
  const t = useTranslations("farmDraft.typed");
  const errors: FieldErrors = refused?.errors ?? {};
  const { id, version, fields, photoIds } = draft;
  return (
    <div className="narrow stack">
      <Progress draft={draft} step={step} />
      <PageTitle>{title}</PageTitle>
      <FormNotice errors={errors} labels={labels} />
      {refused?.notice && (
        <Notice tone="red" role="alert">
          {refused.notice}
        </Notice>
      )}
      {refused?.late && <PublishedNotice late={refused.late} crops={crops} />}
      {refused?.theirs && (
        <Theirs
          draft={draft}
          step={step}
          theirs={refused.theirs}
          photosWere={refused.photosWere}
          values={refused.values}
          crops={crops}
        />
      )}
      <form
        method="post"
        action={stepPath(draft.id, step)}
        encType={files ? "multipart/form-data" : undefined}
        id="listing"
        className="stack"
        data-crop-terms={grades && JSON.stringify(grades)}
        data-draft-saved={
          refused?.late ? undefined : JSON.stringify({ id, version, fields, photoIds })
        }
        data-typed-words={JSON.stringify({ restored: t("restored"), kept: t("kept") })}
        data-typed-unsaved={refused ? "" : undefined}
        noValidate
      >
        <HouseholdField />
        <HiddenKey name="version" value={String(refused?.theirs?.version ?? draft.version)} />
        {to === "check" && <HiddenKey name="to" value="check" />}
        {/* Where photos are not asked for, they are told when somebody changes them meanwhile. */}
        {!files &&
          photoIds.map((photoId) => (
            <HiddenKey key={photoId} name="shownPhotoId" value={photoId} />
          ))}
        {children}
        {!files && !refused?.late && <GoOffline draftId={id} />}
      </form>
    </div>
  );
}
