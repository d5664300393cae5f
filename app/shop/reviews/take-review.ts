import type { ActionFunctionArgs } from "@remix-run/server-runtime";
import { z } from "zod";
import { readLinePhotos } from "#app/domain/photos/read-photos.ts";
import { MOST_REVIEW_PHOTOS, reviewProblems } from "#app/domain/reviews/review-rules.ts";
import { writeReview } from "#app/domain/reviews/write-review.ts";
import { type KeptPhotos, keepFormPhotos, keepPublic } from "#app/forms/keep-photos.ts";
import { type FieldErrors, type FormValues, readForm } from "#app/forms/read-form.ts";
import type { openLine } from "./open-line.ts";

const schema = z.object({
  stars: z.coerce.number().int().catch(0),
  body: z.string().default(""),
  seenVersion: z.coerce.number().int().min(0).catch(0),
});

export type RefusedReview = {
  errors: FieldErrors;
  values: FormValues;
  kept: KeptPhotos | null;
  reason: "not-delivered" | "review-changed" | "review-hidden" | "too-late" | null;
};

/** Writes what the form says, or says what is wrong with it; photos that came are kept either way. */
export async function takeReview(
  { request, context }: ActionFunctionArgs,
  { scope, line }: Awaited<ReturnType<typeof openLine>>,
): Promise<"saved" | RefusedReview> {
  const { db } = context;
  // What cannot be reviewed brings no photo either.
  const isOpen = line.isDelivered && (line.review?.isEditable ?? true);
  const sent = await keepFormPhotos(context, request, {
    keep: keepPublic(context, scope),
    most: isOpen ? MOST_REVIEW_PHOTOS : 0,
    readOwn: (photoIds) => readLinePhotos(db, scope, photoIds),
  });
  if (!sent) return { errors: { form: "invalid" }, values: {}, kept: null, reason: null };
  const { kept } = sent;
  const form = await readForm(sent.form, schema);
  const { values } = form;
  const refuse = (errors: FieldErrors, reason: RefusedReview["reason"] = null) => ({
    ...{ errors, values, kept, reason },
  });
  if (!form.ok) return refuse(form.errors);
  const photoIds = kept.photos.map(({ id }) => id);
  const { photos, ...problems } = reviewProblems({ ...form.value, photoIds });
  const photo = kept.error === "photo-too-many" ? "photo-too-many-three" : (kept.error ?? photos);
  const errors: FieldErrors = { ...problems, ...(isOpen && photo && { photo }) };
  if (Object.keys(errors).length > 0) return refuse(errors);
  const written = await writeReview(db, scope, { ...form.value, photoIds });
  if (written.ok) return "saved";
  if (written.reason === "photo-not-yours") return refuse({ photo: written.reason });
  if (written.reason === "review-invalid") return refuse({ form: "invalid" });
  return refuse({}, written.reason);
}
