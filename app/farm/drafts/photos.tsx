import { type MetaFunction, useActionData, useLoaderData } from "@remix-run/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/server-runtime";
import { useTranslations } from "use-intl";
import { requireHousehold } from "#app/account/guards.ts";
import { MAX_PHOTOS } from "#app/domain/listings/offer-rules.ts";
import { readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { KeptPhotos } from "#app/forms/keep-photos.ts";
import type { FieldErrors } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { readPhotoForm } from "#app/offers/keep-photos.ts";
import { PhotoFields } from "#app/offers/photo-fields.tsx";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { WaitingPhotos } from "../offline/waiting-photos.tsx";
import { draftOf, openDraft, shownOf } from "./open-draft.ts";
import { StepPage } from "./step-page.tsx";
import { keepStep } from "./take-step.ts";

export const handle = {
  area: "farm",
  enhance: [
    "photo-shrink",
    "photo-shelf",
    "photo-rows",
    "photo-upload",
    "photo-choice",
    ...["kept-words", "draft-saved"],
    "no-line",
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

/**
 * The photos of the draft after this sending. What the form did not show stays: a page that is
 * sent again by "reload" knows nothing of the photos it brought the first time.
 */
function withUnseen(before: string[], form: FormData, { photos }: KeptPhotos): string[] {
  const shown = new Set(form.getAll("shownPhotoId"));
  const wanted = photos.map(({ id }) => id);
  const stays = (id: string) => !shown.has(id) || wanted.includes(id);
  return [...new Set([...before.filter(stays), ...wanted])];
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const scope = await requireHousehold(request, context);
  const sent = await readPhotoForm(context, scope, request);
  if (!sent) throw new Response("Bad request", { status: 400 });
  const { form, kept } = sent;
  switchLocale(context, form.get("locale"));
  const { draft } = await draftOf(args);
  const all = withUnseen(draft.photoIds, form, kept);
  const photoIds = all.slice(0, MAX_PHOTOS);
  const tooMany = photoIds.length < all.length ? "photo-too-many" : undefined;
  const photoError = kept.error ?? tooMany;
  const change = { photoIds, values: {}, hasRefusedPhoto: photoError !== undefined };
  const answer = await keepStep(args, "photos", form, change);
  if (answer instanceof Response && draft.publishedListingId) return answer;
  // What could be kept is kept, and is shown beside what is said of the others.
  if (!("data" in answer) && !photoError) return answer;
  const refused = "data" in answer ? answer.data : null;
  const errors: FieldErrors = photoError ? { photo: photoError } : (refused?.errors ?? {});
  return data({ values: {}, ...refused, errors, kept }, { status: refused?.late ? 409 : 422 });
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
