import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  redirect,
} from "@remix-run/server-runtime";
import { z } from "zod";
import { requireHousehold } from "#app/account/guards.ts";
import type { Draft, DraftFields } from "#app/domain/drafts/draft-fields.ts";
import { photosAfter } from "#app/domain/drafts/draft-photos.ts";
import { readDraft } from "#app/domain/drafts/read-draft.ts";
import { type DraftChange, saveDraft } from "#app/domain/drafts/save-draft.ts";
import { readOwnListing } from "#app/domain/listings/read-own-listings.ts";
import { type PhotoView, readOwnPhotos } from "#app/domain/photos/read-photos.ts";
import type { HouseholdScope } from "#app/domain/scopes.ts";
import { requireSameHousehold } from "#app/forms/household-key.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { switchLocale } from "#app/i18n/switch-locale.ts";
import { translator } from "#app/i18n/translate.ts";
import { isFindingCrop } from "#app/offers/is-finding-crop.ts";
import { leadOn } from "#app/offers/lead-on.ts";
import { versionOf } from "#app/offers/version-of.ts";
import { listingPath } from "../listings/open-listing.ts";
import { errorsOf, judgeDraft } from "./judge-draft.ts";
import { type LateWords, lateWords } from "./late-words.ts";
import { draftIdOf, stayOnPublished } from "./open-draft.ts";
import { nextStep, STEP_FIELDS, type Step, stepPath } from "./steps.ts";

/** The database holds all the texts of a draft in 20 kB. */
const LONGEST = 400;

/** A page that is shown again: what was typed, what is wrong, what another phone has written. */
export type Refused = {
  values: FormValues;
  errors: FieldErrors;
  theirs?: Pick<Draft, "version" | "fields" | "photoIds">;
  /** How many photos the page was made with, where they are others by now. */
  photosWere?: number;
  /** Her photos that were taken out of the draft elsewhere. */
  takenOut?: PhotoView[];
  notice?: string;
  /** The draft was published, and says something else than what was typed. */
  late?: LateWords;
};

export function refuse(refused: Refused) {
  const { theirs, late, takenOut } = refused;
  return data(refused, { status: theirs || late || takenOut ? 409 : 422 });
}

type Change = Pick<DraftChange, "fields" | "photos"> & {
  values: FormValues;
  /** A photo came that could not be taken. */
  hasRefusedPhoto?: boolean;
};

/**
 * Keeps what a page of the draft asked for, right or wrong: only then it is judged. Leads on to
 * the next page, back to the check when that is where she came from, and to the same page when it
 * was sent by its language or counting buttons. What cannot be kept or is wrong comes back; what
 * another household typed on this phone is not kept at all (409), nor what comes after the draft was
 * published: where it says anything new, both are shown (409); so are photos that another page has
 * taken out of the draft since. Photos that the market cannot
 * take now hold nobody up ("photosLater"): the check asks for them.
 */
export async function keepStep(
  { request, params, context }: ActionFunctionArgs,
  step: Step,
  form: FormData,
  { values, hasRefusedPhoto, ...change }: Change,
) {
  const scope = await requireHousehold(request, context);
  requireSameHousehold(form, scope);
  const draftId = draftIdOf(params);
  const saved = await saveDraft(context.db, scope, {
    draftId,
    // Photos are added to what is there; only words can contradict each other.
    version: step === "photos" ? null : versionOf(form),
    ...change,
  });
  const t = translator(context.locale, "farmDraft");
  if (!saved.ok) {
    switch (saved.reason) {
      case "draft-published":
        return answerLate(context, scope, saved.listingId, {
          ...{ ...change, draftId, values, hasRefusedPhoto },
        });
      case "draft-changed": {
        const { theirs } = saved;
        return refuse({ values, errors: {}, theirs, photosWere: photosWere(form, theirs) });
      }
      case "too-many-drafts":
        return refuse({ values, errors: {}, notice: t("tooMany") });
    }
  }
  const { takenOut = [], isTooMany } = saved.photos ?? {};
  if (takenOut.length > 0 || isTooMany) {
    const asked = takenOut.length > 0 && (await readOwnPhotos(context.db, scope, takenOut));
    const errors: FieldErrors = isTooMany ? { photo: "photo-too-many" } : {};
    return refuse({ values, errors, ...(asked && { takenOut: asked }) });
  }
  const go = (path: string) => redirect(leadOn(path, form), 303);
  if (form.has("nudge") || form.has("locale")) return go(stepPath(draftId, step));
  if (isFindingCrop(form)) {
    const find = new URLSearchParams({ find: String(form.get("cropSearch") ?? "") });
    return go(`${stepPath(draftId, step)}?${find}#crops`);
  }
  const { errors } = await judgeDraft(saved.draft, new Date());
  const mine = errorsOf(step, errors);
  const isLater = step === "photos" && form.has("photosLater");
  if (Object.keys(mine).length > 0 && !isLater) return refuse({ values, errors: mine });
  const to = form.get("to") === "check" ? "check" : nextStep(step);
  return go(stepPath(draftId, to));
}

/** How many photos this page was made with, if the draft has others or another order by now. */
function photosWere(form: FormData, { photoIds }: Draft): number | undefined {
  const shown = form.getAll("shownPhotoId");
  return shown.join() === photoIds.join() ? undefined : shown.length;
}

/** What came after the draft was published is shown beside the listing; where nothing is new, that is. */
async function answerLate(
  context: AppLoadContext,
  scope: HouseholdScope,
  listingId: string,
  sent: Change & { draftId: string },
) {
  const { draftId, values } = sent;
  const [draft, listing] = await Promise.all([
    readDraft(context.db, scope, draftId),
    readOwnListing(context.db, scope, listingId),
  ]);
  // Of what was published all is shown that she would have had: nothing is put anywhere by it.
  const after =
    draft && sent.photos && photosAfter(draft, { ...sent.photos, version: draft.version });
  const photos = after && (await readOwnPhotos(context.db, scope, after.photoIds));
  const hasRefusedPhoto = sent.hasRefusedPhoto || after?.isTooMany;
  const late = draft && listing && lateWords(draft, listing, { ...sent, photos, hasRefusedPhoto });
  if (!late) return redirect(listingPath(listingId), 303);
  stayOnPublished(context);
  return refuse({ values, errors: {}, late });
}

/** Takes a page of texts. `complete` fills in what she left to us. */
export async function takeStep(
  args: ActionFunctionArgs,
  step: Step,
  complete: (values: FormValues, form: FormData) => FormValues | Promise<FormValues> = (values) =>
    values,
) {
  const form = await args.request.formData().catch(() => null);
  if (!form) throw new Response("Bad request", { status: 400 });
  switchLocale(args.context, form.get("locale"));
  const read = await readForm(form, z.object({}), LONGEST);
  if (!read.ok) return refuse({ values: read.values, errors: errorsOf(step, read.errors) });
  const names = STEP_FIELDS[step];
  const typed = Object.entries(read.values).filter(([name]) => names.includes(name));
  const values = await complete(Object.fromEntries(typed), form);
  return keepStep(args, step, form, { fields: values as DraftFields, values });
}
