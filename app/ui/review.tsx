import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { buyerName } from "./buyer-name.ts";
import { formatDate } from "./format.ts";
import { Badge } from "./layout.tsx";
import { Picture, type PicturePhoto, photoUrl } from "./picture.tsx";

/** A review as the domain's reads give it; this component knows nothing else about it. */
export interface ShownReview {
  stars: number;
  body: string;
  writtenAt: Date;
  editedAt: Date | null;
  place: { zh: string; en: string } | null;
  photos: (PicturePhoto & { id: string })[];
  answer: { body: string; answeredAt: string; isEdited: boolean } | null;
}

const MOST_STARS = 5;
const THIRD = "(min-width: 48rem) 9rem, 30vw";

/** "★★★★☆ 4 分 · 好": the drawn stars are for the eye alone, the words say the same. */
export function Stars({ stars }: { stars: number }) {
  const t = useTranslations("reviews");
  const word = t(`word.s${stars as 1 | 2 | 3 | 4 | 5}`);
  return (
    <b>
      <span aria-hidden="true" className="text-persimmon">
        {"★".repeat(stars) + "☆".repeat(MOST_STARS - stars)}
      </span>{" "}
      {t("score", { stars, word })}
    </b>
  );
}

/** What somebody typed, in its own language and lines. */
export function Typed({ children }: { children: string }) {
  const lang = /\p{Script=Han}/u.test(children) ? "zh" : "en";
  return (
    <p
      className="whitespace-pre-line [overflow-wrap:anywhere]"
      lang={lang === useLocale() ? undefined : lang === "zh" ? "zh-CN" : "en"}
    >
      {children}
    </p>
  );
}

/** One buyer's review with the cooperative's answer below it. */
export function Review({
  review,
  answeredBy,
  children,
}: {
  review: ShownReview;
  /** The cooperative's name, where it is not said elsewhere. */
  answeredBy?: string;
  /** What can be done with it. */
  children?: ReactNode;
}) {
  const t = useTranslations("reviews");
  const locale = useLocale();
  const { stars, body, writtenAt, editedAt, place, answer } = review;
  const photos = review.photos.filter(({ state }) => state === "ready");
  return (
    <article className="stack border-t border-line pt-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Stars stars={stars} />
        <span className="hint">
          {buyerName(place, locale)} · {formatDate(writtenAt, locale)}
        </span>
        {editedAt && <Badge>{t("edited")}</Badge>}
      </p>
      {body && <Typed>{body}</Typed>}
      {photos.length > 0 && (
        <p className="grid max-w-md grid-cols-3 gap-2">
          {photos.map((photo, index) => (
            <a key={photo.id} className="thumb" href={largestOf(photo)}>
              <Picture
                photo={photo}
                alt={t("photo", { number: index + 1 })}
                sizes={THIRD}
                waitingText=""
              />
            </a>
          ))}
        </p>
      )}
      {answer && (
        <div className="notice tone-leaf">
          <p className="hint">
            {answeredBy ? t("answer", { name: answeredBy }) : t("answerPlain")} ·{" "}
            {formatDate(answer.answeredAt, locale)}
          </p>
          <Typed>{answer.body}</Typed>
        </div>
      )}
      {children}
    </article>
  );
}

/** The JPEG that every browser opens by itself. */
function largestOf({ variants }: PicturePhoto): string | undefined {
  const jpeg = variants.find(({ format }) => format === "jpeg");
  return jpeg && photoUrl(jpeg.name);
}
