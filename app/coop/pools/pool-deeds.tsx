import { useTranslations } from "use-intl";
import type { ListingEvent } from "#app/domain/listings/listing-states.ts";
import { Button } from "#app/ui/button.tsx";

const VARIANTS = { resume: "buy", pause: "quiet", withdraw: "danger" } as const;

/** What can be done with it in its state: each is one button. */
export function PoolDeeds({ poolId, events }: { poolId: string; events: readonly ListingEvent[] }) {
  const t = useTranslations("pools.do");
  if (events.length === 0) return null;
  return (
    <form method="post" action={`/coop/pools/${poolId}`} className="stack">
      {events
        .filter((event) => event !== "withdraw")
        .map((event) => (
          <p key={event}>
            <Button name="event" value={event} variant={VARIANTS[event]}>
              {t(event)}
            </Button>
          </p>
        ))}
      {/* It cannot be undone: nobody comes upon it by a slip of her thumb. */}
      <details>
        <summary className="min-h-11 py-2">{t("withdraw")}</summary>
        <p className="hint">{t("withdrawHint")}</p>
        <Button name="event" value="withdraw" variant={VARIANTS.withdraw}>
          {t("withdraw")}
        </Button>
      </details>
    </form>
  );
}
