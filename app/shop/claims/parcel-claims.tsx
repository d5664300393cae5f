import { ClaimBadge } from "#app/claims/state-badge.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { CLAIM_WITHIN_HOURS, claimableFrom, hoursAfter } from "#app/domain/claims/claim-rules.ts";
import type { ListedClaim } from "#app/domain/claims/list-claims.ts";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { Money } from "#app/ui/money.tsx";
import { claimFormPath, claimPath } from "./claim-path.ts";

/** In a claim that is not over. */
const isClaimed = (claims: readonly ListedClaim[], lineId: string) =>
  claims.some(({ openLineIds }) => openLineIds.includes(lineId));

type Props = {
  order: Pick<OrderView, "number" | "isMadeUp" | "status">;
  parcel: OrderView["parcels"][number];
  claims: readonly ListedClaim[];
  now: Date;
};

/** Until when it can be claimed for; null while nobody has said that it has come. */
function claimableUntil({ events }: OrderView["parcels"][number]) {
  const moment = (kind: string) => events.find((event) => event.kind === kind);
  const [left, came] = [moment("shipped"), moment("delivered")];
  if (!came) return null;
  const { isCooperativesWord } = came;
  const from = claimableFrom({
    deliveredAt: new Date(came.occurredAt),
    shippedAt: left ? new Date(left.occurredAt) : null,
    isCooperativesWord,
  });
  return hoursAfter(from, CLAIM_WITHIN_HOURS);
}

/** On an order's page: what was claimed for a parcel, and the way to claim while it is open. */
export function ParcelClaims({ order, parcel, claims, now }: Props) {
  const words = useClaimWords();
  const { t } = words;
  const mine = claims.filter(({ parcelId }) => parcelId === parcel.id);
  const until = claimableUntil(parcel);
  const isOnItsWay = parcel.status === "shipped";
  const isOver = ["refunded", "disputed"].includes(order.status) || order.isMadeUp;
  // While every line of it is in a claim that is not over there is nothing more to claim for.
  const isOpen = (isOnItsWay || (until !== null && now <= until)) && !isOver;
  const canClaim = isOpen && !parcel.lines.every(({ id }) => isClaimed(mine, id));
  if (mine.length === 0 && !canClaim) return null;
  return (
    <div className="stack">
      {mine.length > 0 && (
        <ul className="divide-y divide-line" aria-label={t("order.list")}>
          {mine.map((claim) => (
            <li key={claim.id} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
              <a
                className="inline-flex min-h-11 min-w-11 items-center font-bold"
                href={claimPath(order.number, claim.id)}
              >
                {t("title")} · {words.goods(claim)}
              </a>
              <span className="flex items-center gap-3">
                <ClaimBadge state={claim.state} />
                <Money fen={claim.grantedFen ?? claim.askedFen} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {canClaim && (
        <div>
          <ButtonLink variant="quiet" wide href={claimFormPath(order.number, parcel.id)}>
            {t(isOnItsWay ? "order.came" : "order.button")}
          </ButtonLink>
          <p className="hint">
            {until ? t("order.until", { when: words.when(until) }) : t("order.cameHint")}
          </p>
        </div>
      )}
    </div>
  );
}
