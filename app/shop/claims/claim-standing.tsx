import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { LONGEST_WORDS } from "#app/domain/claims/claim-rules.ts";
import type { ClaimView } from "#app/domain/claims/read-claim.ts";
import { Button } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Card, Facts } from "#app/ui/layout.tsx";
import { Money } from "#app/ui/money.tsx";
import { claimPath } from "./claim-path.ts";

/** How a claim stands, in the buyer's words, until when, and what she can do. */
export function ClaimStanding({ claim }: { claim: ClaimView }) {
  const { t, when } = useClaimWords();
  const { state, reason, dueAt, askedFen, grantedFen } = claim;
  const due = dueAt ? when(dueAt) : "";
  const granted = formatFen(grantedFen ?? 0);
  const path = claimPath(claim.orderNumber, claim.id);
  return (
    <Card title={t(`state.${state}`)}>
      {state === "waiting" && <p>{t("page.waiting", { when: due })}</p>}
      {state === "offered" && (
        <>
          <p>{t("page.offeredBody", { fen: granted, asked: formatFen(askedFen), reason })}</p>
          <p className="hint">{t("page.offeredDue", { when: due })}</p>
          <form method="post" action={`${path}/acceptance`}>
            <Button variant="buy" wide>
              {t("page.take", { fen: granted })}
            </Button>
          </form>
        </>
      )}
      {state === "refused" && (
        <>
          <p>{t("page.refusedBody", { reason })}</p>
          <p className="hint">{t("page.refusedDue", { when: due })}</p>
        </>
      )}
      {(state === "offered" || state === "refused") && (
        <form className="stack" method="post" action={`${path}/escalation`}>
          <Field name="words" label={t("page.escalateWords")}>
            {(control) => (
              <textarea {...control} className="input" rows={2} maxLength={LONGEST_WORDS} />
            )}
          </Field>
          <Button variant="quiet" wide>
            {t("page.escalate")}
          </Button>
        </form>
      )}
      {state === "escalated" && <p>{t("page.escalatedBody")}</p>}
      {state === "settled" && (
        <p>
          {t(claim.refundStatus === "failed" ? "page.settledFailed" : "page.settledBody", {
            fen: granted,
          })}
        </p>
      )}
      {state === "closed" && <p>{t("page.closedBody")}</p>}
      {(state === "settled" || state === "closed") && reason !== "" && (
        <p>{t("page.reason", { reason })}</p>
      )}
      <Facts
        items={[
          [t("page.asked"), <Money key="asked" fen={askedFen} />],
          [t("page.sent"), when(claim.sentAt)],
        ]}
      />
    </Card>
  );
}
