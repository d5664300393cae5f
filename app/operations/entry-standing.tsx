import { useLocale, useTranslations } from "use-intl";
import type { EntryStanding as Standing } from "#app/domain/ledger/read-entry.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";

/** What has become of an entry that no hand reverses, or the way back that it has. */
export function EntryStanding({
  standing,
}: {
  standing: Exclude<Standing, { kind: "reversible" }>;
}) {
  const t = useTranslations("operations.entry");
  const locale = useLocale();
  if (standing.kind === "another-way") {
    return <Notice tone="persimmon">{t(`way.${standing.way}`)}</Notice>;
  }
  if (standing.kind !== "reversed") return <Notice tone="earth">{t(standing.kind)}</Notice>;
  return (
    <Notice tone="leaf">
      <p>{t("reversed", { at: formatDateTime(standing.at, locale) })}</p>
      {standing.reason && <p className="[overflow-wrap:anywhere]">{standing.reason}</p>}
    </Notice>
  );
}
