import { useTranslations } from "use-intl";
import type { ClaimState } from "#app/domain/claims/claim-states.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

const tones: Record<ClaimState, Tone> = {
  waiting: "persimmon",
  offered: "persimmon",
  refused: "red",
  escalated: "persimmon",
  settled: "leaf",
  closed: "earth",
};

/** Where a claim stands. */
export function ClaimBadge({ state }: { state: ClaimState }) {
  const t = useTranslations("claims.state");
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
