import { useLocale, useTranslations } from "use-intl";
import type { CoopListing } from "#app/domain/consents/read-coop-listings.ts";
import type { ChosenOutcome } from "#app/domain/listings/change-chosen.ts";
import { nextStatus } from "#app/domain/listings/listing-states.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { Badge, Card, Notice, type Tone } from "#app/ui/layout.tsx";
import { coopDesk } from "../open-listing.ts";

type Deed = "pause" | "resume";

/** What pausing or resuming would do, and its button. */
export function StateForm({ deed, listings }: { deed: Deed; listings: CoopListing[] }) {
  const t = useTranslations("chosen.listings");
  const changed = listings.filter(({ status }) => {
    const next = nextStatus(status, deed);
    return next !== null && next !== status;
  }).length;
  return (
    <Card>
      <form method="post" className="stack">
        <p>{t(`${deed}Hint`)}</p>
        <Button>{t(`${deed}Button`, { count: changed })}</Button>
      </form>
    </Card>
  );
}

const tones: Partial<Record<ChosenOutcome, Tone>> = { changed: "leaf", stands: "earth" };

/** What became of each, row by row. */
export function StateAnswer({
  deed,
  listings,
  outcomes,
}: {
  deed: Deed;
  listings: CoopListing[];
  outcomes: ReadonlyMap<string, ChosenOutcome>;
}) {
  const t = useTranslations("chosen");
  const locale = useLocale();
  const outcomeOf = ({ id }: CoopListing) => outcomes.get(id) ?? "listing-unknown";
  const changed = listings.filter((row) => outcomeOf(row) === "changed").length;
  return (
    <>
      <Notice role="status">{t(`listings.${deed}d`, { count: changed })}</Notice>
      <DataTable
        caption={t("answers")}
        rows={listings}
        rowKey={(row) => row.id}
        columns={[
          {
            label: t("listings.what"),
            cell: (row) => (
              <RowLink href={coopDesk.path(row.id)}>
                {pick(locale, row.titleZh, row.titleEn)}
              </RowLink>
            ),
          },
          {
            label: t("listings.household"),
            cell: (row) => <span lang="zh-CN">{row.headName}</span>,
          },
          {
            label: t("outcome"),
            cell: (row) => (
              <Badge tone={tones[outcomeOf(row)] ?? "red"}>
                {t(`listings.outcome.${outcomeOf(row)}`)}
              </Badge>
            ),
          },
        ]}
      />
    </>
  );
}
