import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import type { SaidPhotos } from "#app/domain/drafts/draft-photos.ts";
import { readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { readPhotoForm } from "#app/offers/keep-photos.ts";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { versionOf } from "#app/offers/version-of.ts";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { WaitingPhotos } from "../offline/waiting-photos.tsx";
import { openDraft, shownOf } from "./open-draft.ts";
import { StepPage } from "./step-page.tsx";
import { keepStep } from "./take-step.ts";
import { TakenOut } from "./taken-out.tsx";

export const handle = {
  area: "farm",
  enhance: [
    "photo-shrink",
    "photo-shelf",
    "photo-rows",
    "photo-upload",
    "photo-choice",
    ...["kept-words", "draft-saved"],
    ...["no-line", "mended"],
  ],
  keptForm: { id: "listing" },
};

export async function loader(args: LoaderFunctionArgs) {
  const { scope, draft } = await openDraft(args);
  return {
    title: translator(args.context.locale, "farmDraft")("photos.title"),
    draft: shownOf(draft),
    photos: await readOwnPhotos(args.context.db, scope, draft.photoIds),
    to: new URL(args.request.url).searchParams.get("to"),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const scope = await requireHousehold(request, context);
  const sent = await readPhotoForm(context, scope, request);
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { form, kept } = sent;
  switchLocale(context, form.get("locale"));
  const said: SaidPhotos = {
    shown: form.getAll("shownPhotoId").map(String),
    wanted: kept.photos.map(({ id }) => id),
    version: versionOf(form),
  };
  const change = { photos: said, values: {}, hasRefusedPhoto: kept.error !== undefined };
  const answer = await keepStep(args, "photos", form, change);
  // What could be kept is kept, and is shown beside what is said of the others.
  if (!("data" in answer) && !kept.error) return answer;
  const refused = "data" in answer ? answer.data : null;
  const errors: FieldErrors = kept.error ? { photo: kept.error } : (refused?.errors ?? {});
  const status = ("data" in answer && answer.init?.status) || 422;
  return data({ values: {}, ...refused, errors, kept }, { status });
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title }];

/** Shown by a script when the line is gone. */
function NoLine({ draftId }: { draftId: string }) {
  const t = useTranslations("farmPhoto.upload");
  return (
    <div className="notice tone-persimmon stack" role="status" data-no-line="" hidden>
      <p>{t("noLine")}</p>
      <ButtonLink href={`/farm/offline#draft=${draftId}`} variant="quiet" wide>
        {t("goOffline")}
      </ButtonLink>
    </div>
  );
}

export default function DraftPhotosPage() {
  const { title, draft, photos, to } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const t = useTranslations("farmDraft");
  return (
    <StepPage draft={draft} step="photos" title={title} refused={refused} to={to} files>
      {refused?.takenOut && <TakenOut photos={refused.takenOut} />}
      <WaitingPhotos />
      <PhotoFields
        photos={
          refused?.late?.photos ?? (photos.length > 0 ? photos : (refused?.kept.photos ?? []))
        }
        refused={refused?.kept.refused ?? []}
        error={refused?.errors.photo}
        draftId={draft.id}
      />
      <NoLine draftId={draft.id} />
      {!refused?.late && <Button wide>{t("next")}</Button>}
      <p className="text-center" data-easy-hide="">
        <a className="inline-flex min-h-11 min-w-11 items-center" href="/farm/listings/new/whole">
          {t("photos.whole")}
        </a>
      </p>
    </StepPage>
  );
}
