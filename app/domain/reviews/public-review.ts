import { type RawBuilder, sql } from "kysely";
import type { PhotoView } from "../photos/read-photos.ts";

/** All that anybody is shown of a review: of whoever wrote it, the city that the parcel went to. */
export type PublicReview = {
  id: string;
  stars: number;
  body: string;
  writtenAt: Date;
  editedAt: Date | null;
  place: { zh: string; en: string } | null;
  photos: PhotoView[];
  answer: { body: string; answeredAt: string; isEdited: boolean } | null;
};

const PHOTOS = sql<PhotoView[]>`coalesce((
  select json_agg(json_build_object('id', p.id, 'state', p.state, 'width', p.width,
    'height', p.height, 'placeholder', p.placeholder, 'variants', p.variants) order by s.position)
  from review_photos s join photos p on p.id = s.photo_id
  where s.review_id = reviews.id and p.state <> 'refused'), '[]')`;

const ANSWER = sql`(
  select json_build_object('body', a.body, 'answeredAt', coalesce(a.edited_at, a.created_at),
    'isEdited', a.edited_at is not null)
  from review_answers a where a.review_id = reviews.id)`;

/** The columns of a `PublicReview`; needs `reviews` in the statement. */
export const PUBLIC_REVIEW: RawBuilder<unknown> = sql`
  reviews.id, reviews.stars, reviews.body, reviews.created_at as "writtenAt",
  reviews.edited_at as "editedAt", ${PHOTOS} as photos, ${ANSWER} as answer,
  (select json_build_object('zh', r.name_zh, 'en', r.name_en) from regions r
    where r.code = reviews.place_code) as place`;
