import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ListedClaim } from "#app/domain/claims/list-claims.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { Money } from "#app/ui/money.tsx";

/** Claims with their days, each leading to its page. */
export function ClaimTable({
  caption,
  claims,
}: {
  caption: string;
  claims: readonly ListedClaim[];
}) {
  const words = useClaimWords();
  const { t } = words;
  return (
    <DataTable
      caption={caption}
      rows={claims}
      rowKey={({ id }) => id}
      columns={[
        {
          label: t("desk.order"),
          cell: (claim) => <RowLink href={`/coop/claims/${claim.id}`}>{claim.orderNumber}</RowLink>,
        },
        { label: t("page.goods"), cell: (claim) => words.goods(claim) },
        {
          label: t("page.asked"),
          isNumber: true,
          cell: (claim) => <Money fen={claim.askedFen} />,
        },
        {
          label: t("page.granted"),
          isNumber: true,
          cell: ({ grantedFen }) => (grantedFen === null ? "—" : <Money fen={grantedFen} />),
        },
        { label: t("desk.state"), cell: ({ state }) => <ClaimBadge state={state} /> },
        {
          label: t("desk.day"),
          cell: ({ state, dueAt, sentAt }) =>
            state === "waiting" && dueAt
              ? t("desk.due", { when: words.when(dueAt) })
              : t("desk.sent", { when: words.when(sentAt) }),
        },
      ]}
    />
  );
}
