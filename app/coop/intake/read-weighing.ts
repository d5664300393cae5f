import type { AppLoadContext } from "@remix-run/server-runtime";
import { type AtScale, findAtScale, MOST_FOUND } from "#app/domain/intake/find-at-scale.ts";
import {
  keepWeighPhoto,
  readOwnWeighPhotos,
  type WeighPhoto,
} from "#app/domain/intake/keep-weigh-photo.ts";
import { type WeighedIn, weighIn } from "#app/domain/intake/weigh-in.ts";
import type { CoopScope } from "#app/domain/scopes.ts";
import { type KeptPhotos, keepFormPhotos } from "#app/forms/keep-photos.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import { weighing } from "./weigh-fields.ts";

export type Refused = {
  kind: "refused";
  status: 409 | 422;
  errors: FieldErrors;
  values: FormValues;
  photos: WeighPhoto[];
  /** Those of whom whoever typed may mean one. */
  several: AtScale[];
};
export type Taken =
  | { kind: "weighed"; weighInId: string; isNew: boolean }
  /** Only the household was given: its card was scanned. */
  | { kind: "found"; household: AtScale; values: FormValues; photos: WeighPhoto[] }
  | Refused;

const refusals = {
  "weighed-before": { gross: "scaleBefore" },
  "household-unknown": { household: "scaleUnknown" },
  "crop-unknown": { category: "choose" },
  "pool-unknown": { pool: "scalePool" },
  "photo-unknown": { photo: "photo-not-yours" },
} as const satisfies Record<
  Exclude<Extract<WeighedIn, { ok: false }>["reason"], "weight-invalid">,
  FieldErrors
>;

function problemsOf(done: Extract<WeighedIn, { ok: false }>): FieldErrors {
  return done.reason === "weight-invalid" ? done.problems : refusals[done.reason];
}

function readUpload(context: AppLoadContext, scope: CoopScope, request: Request) {
  const { db, photos: store, stripPhoto: strip } = context;
  return keepFormPhotos<WeighPhoto>(context, request, {
    most: 1,
    keep: (sent) => keepWeighPhoto(db, { store, strip }, scope, sent),
    readOwn: (photoIds) => readOwnWeighPhotos(db, scope, photoIds),
  });
}

/** The one household that is meant: by its name alone, or chosen among several. */
function chosen(found: AtScale[], householdId: string | null): AtScale | undefined {
  return found.length === 1 ? found[0] : found.find(({ id }) => id === householdId);
}

const photoError = ({ error }: KeptPhotos<WeighPhoto>): FieldErrors =>
  error ? { photo: error } : {};

/**
 * Reads what the scale's form sent, or a phone that had kept it, finds the household and notes the
 * weigh-in. A form with a household and no weight asks who that is.
 */
export async function readWeighing(
  context: AppLoadContext,
  scope: CoopScope,
  request: Request,
): Promise<Taken> {
  const upload = await readUpload(context, scope, request);
  const form = await readForm(upload?.form ?? new FormData(), weighing);
  const { values } = form;
  const photos = upload?.kept.photos ?? [];
  const refuse = (errors: FieldErrors, several: AtScale[] = []): Refused => ({
    ...{ kind: "refused", status: 422, errors, values, photos, several },
  });
  const typed = (values.household ?? "").trim();
  const found = typed === "" ? [] : await findAtScale(context.db, scope, typed);
  const household = chosen(found, values.householdId ?? null);
  const isAsking = typed !== "" && (values.gross ?? "").trim() === "";
  if (isAsking && household) return { kind: "found", household, values, photos };
  const errors: FieldErrors = form.ok ? {} : { ...form.errors };
  if (upload) Object.assign(errors, photoError(upload.kept));
  else errors.form = "invalid";
  if (typed !== "" && !household) {
    errors.household = found.length === 0 ? "scaleUnknown" : "scaleSeveral";
  }
  const several = household ? [] : found.slice(0, MOST_FOUND);
  if (isAsking && !household) return refuse({ household: errors.household }, several);
  if (!form.ok || !household || Object.values(errors).some(Boolean)) return refuse(errors, several);
  const { category, grade, gross, tare, pool, clientKey, weighedAt } = form.value;
  const done = await weighIn(context.db, scope, {
    ...{ householdId: household.id, categoryCode: category, grade, clientKey },
    ...{ grossGrams: gross, tareGrams: tare, poolId: pool, photoId: photos[0]?.id },
    weighedAt: weighedAt === undefined ? undefined : new Date(weighedAt),
  });
  if (done.ok) return { kind: "weighed", weighInId: done.weighInId, isNew: done.isNew };
  return { ...refuse(problemsOf(done)), status: done.reason === "weight-invalid" ? 422 : 409 };
}
