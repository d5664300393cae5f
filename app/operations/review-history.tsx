import { useLocale, useTranslations } from "use-intl";
import type { ReviewDecision } from "#app/domain/reviews/read-reported.ts";
import { hideReasons, keepReasons } from "#app/domain/reviews/review-rules.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Typed } from "#app/ui/review.tsx";

const known = [...hideReasons, ...keepReasons] as const;

/** What was decided of a review, why, by whom and when. */
export function DecisionLine({ decision }: { decision: ReviewDecision }) {
  const t = useTranslations("reviews.operations");
  const reasons = useTranslations("reviews.reason");
  const { action, reason, note, by, at } = decision;
  const why = reasons(known.find((each) => each === reason) ?? "other");
  return (
    <>
      <p>
        <b>{t(action === "review.hidden" ? "did.hidden" : "did.kept")}</b> · {why}
      </p>
      {note && <Typed>{note}</Typed>}
      <p className="hint">{t("by", { who: by, at: formatDateTime(at, useLocale()) })}</p>
    </>
  );
}
