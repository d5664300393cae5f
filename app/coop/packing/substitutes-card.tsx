import { useTranslations } from "use-intl";
import type { SubstitutionView } from "#app/domain/substitutions/read-substitutions.ts";
import type { SubstitutionState } from "#app/domain/substitutions/substitution-rule.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { Badge, Card, Facts, Notice, type Tone } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

const tones: Record<SubstitutionState, Tone> = {
  ...{ open: "persimmon", accepted: "leaf", declined: "earth", lapsed: "earth" },
  ...{ changed: "earth", withdrawn: "earth", dropped: "earth" },
};

/** What the parcel's buyer is, or was, asked to take instead of something, and the way to take it back. */
export function SubstitutesCard({
  parcelId,
  substitutions,
}: {
  parcelId: string;
  substitutions: SubstitutionView[];
}) {
  const t = useTranslations("substitutes");
  if (substitutions.length === 0) return null;
  return (
    <Card title={t("card.title")} id="substitutes">
      {substitutions.map((each) => (
        <section key={each.id} className="stack border-t border-line pt-3">
          <p>
            <Badge tone={tones[each.state]}>{t(`state.${each.state}`)}</Badge>
          </p>
          <Told substitution={each} />
          {each.state === "open" && <TakeBack parcelId={parcelId} substitution={each} />}
        </section>
      ))}
    </Card>
  );
}

function Told({ substitution }: { substitution: SubstitutionView }) {
  const t = useTranslations("substitutes.card");
  const words = useWords();
  const { missing, offered, backFen, state, answerBy } = substitution;
  const lacks = `${words.graded(missing)} ${words.quantity({ ...missing, quantity: missing.units })}`;
  const until = [t("until"), formatDateTime(answerBy, words.locale)] as const;
  return (
    <Facts
      items={[
        [t("from"), `${lacks} · ${formatFen(missing.fen)}`],
        [
          t("to"),
          `${words.graded(offered)} ${words.quantity(offered)} · ${formatFen(offered.fen)}`,
        ],
        [t("back"), formatFen(backFen)],
        ...(state === "open" ? [until] : []),
      ]}
    />
  );
}

function TakeBack({
  parcelId,
  substitution: { id, isToAnswer },
}: {
  parcelId: string;
  substitution: SubstitutionView;
}) {
  const t = useTranslations("substitutes.card");
  return (
    <>
      {isToAnswer ? (
        <p className="hint">{t("hint")}</p>
      ) : (
        <Notice tone="red">{t("changed")}</Notice>
      )}
      <form
        method="post"
        action={`/coop/parcels/${parcelId}/substitutions/${id}/withdrawal`}
        className="flex flex-wrap gap-3"
      >
        <Button variant="quiet" name="found" value="yes">
          {t("found")}
        </Button>
        <Button variant="danger" name="found" value="no">
          {t("refund")}
        </Button>
      </form>
    </>
  );
}
