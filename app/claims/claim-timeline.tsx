import type { ClaimHappening, ClaimView } from "#app/domain/claims/read-claim.ts";
import { Card } from "#app/ui/layout.tsx";
import { useClaimWords } from "./use-claim-words.ts";

/** What a deadline led to: what came after tells, and of the last one the claim itself. */
function lapsedInto(claim: ClaimView, index: number): "escalated" | "settled" | "closed" {
  const isLast = index === claim.happenings.length - 1;
  const { state } = claim;
  return isLast && (state === "settled" || state === "closed") ? state : "escalated";
}

/** Who did what when, oldest first, with what was said. */
export function ClaimTimeline({ claim, withFault }: { claim: ClaimView; withFault?: boolean }) {
  const words = useClaimWords();
  const fault = (of: ClaimHappening) =>
    withFault && of.fault ? words.t("faultIs", { fault: words.t(`fault.${of.fault}`) }) : "";
  return (
    <Card title={words.t("page.timeline")}>
      <ol className="divide-y divide-line">
        {claim.happenings.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          <li key={index} className="py-2">
            <p className="text-sm text-earth tabular-nums">{words.when(each.occurredAt)}</p>
            <p className="font-bold">{words.happening(each, lapsedInto(claim, index))}</p>
            {each.note !== "" && <p className="[overflow-wrap:anywhere]">{each.note}</p>}
            {fault(each) !== "" && <p className="text-sm text-earth">{fault(each)}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
