import { useClaimWords } from "#app/claims/use-claim-words.ts";
import type { ClaimLine, ClaimView } from "#app/domain/claims/read-claim.ts";
import type { ClaimableLine } from "#app/domain/claims/read-claimable.ts";
import { formatFen } from "#app/ui/format.ts";
import { SentBefore } from "#app/ui/sent-before.tsx";
import { claimPath } from "./claim-path.ts";

/** The claim that the form has sent already, which is another than what is in it now. */
export type ClaimedBefore = Pick<ClaimView, "id" | "orderNumber" | "askedFen"> & {
  lines: Pick<ClaimLine, "orderLineId" | "titleZh" | "titleEn" | "percent">[];
};

/** What of the parcel can be claimed still, and until when. */
type Parcel = {
  problem: string | null;
  until: Date | string | null;
  lines: Pick<ClaimableLine, "isClaimed" | "leftFen">[];
};

export function ClaimedBeforeNotice({ before, parcel }: { before: ClaimedBefore; parcel: Parcel }) {
  const words = useClaimWords();
  const { problem, until, lines } = parcel;
  const isOpen = problem === null && lines.some((line) => !line.isClaimed && line.leftFen > 0);
  const link = { href: claimPath(before.orderNumber, before.id), label: words.t("order.open") };
  return (
    <SentBefore
      title={words.t("form.before", { fen: formatFen(before.askedFen) })}
      button={isOpen ? words.t("form.send") : undefined}
      link={link}
    >
      <ul>
        {before.lines.map((line) => (
          <li key={line.orderLineId}>
            {words.t("form.beforeLine", {
              title: words.title(line),
              share: words.percent(line.percent),
            })}
          </li>
        ))}
      </ul>
      {problem === null && until && lines.some(({ isClaimed }) => isClaimed) && (
        <p>{words.t("form.beforeOpen", { when: words.when(until) })}</p>
      )}
    </SentBefore>
  );
}
