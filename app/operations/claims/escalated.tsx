import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ListedClaim } from "#app/domain/claims/list-claims.ts";
import { formatFen } from "#app/ui/format.ts";
import { Trouble, TroubleList } from "../trouble.tsx";

/** Claims that wait for the operator's decision, oldest first. */
export function EscalatedClaims({ count, rows }: { count: number; rows: ListedClaim[] }) {
  const words = useClaimWords();
  const { t } = words;
  if (rows.length === 0) return <p>{t("operator.none")}</p>;
  return (
    <TroubleList count={count} shown={rows.length}>
      {rows.map((claim) => (
        <Trouble
          key={claim.id}
          title={claim.orderNumber}
          amount={formatFen(claim.askedFen)}
          badge={<ClaimBadge state={claim.state} />}
          facts={[
            words.name(claim),
            words.goods(claim),
            t("desk.sent", { when: words.when(claim.sentAt) }),
          ]}
          advice={t("operator.todo")}
        >
          <a
            className="inline-flex min-h-11 min-w-11 items-center font-bold"
            href={`/operations/claims/${claim.id}`}
          >
            {t("operator.decide")} →
          </a>
        </Trouble>
      ))}
    </TroubleList>
  );
}
