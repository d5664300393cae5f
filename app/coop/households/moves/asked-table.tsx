import { useLocale, useTranslations } from "use-intl";
import type { AskedFor } from "#app/domain/moves/read-moves.ts";
import { Button } from "#app/ui/button.tsx";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";

/** What the cooperative has asked for, and what became of it. */
export function AskedTable({ moves }: { moves: AskedFor[] }) {
  const t = useTranslations("moves.coop");
  const states = useTranslations("moves.state");
  const locale = useLocale();
  const takeBack = ({ id, state }: AskedFor) =>
    state === "asked" ? (
      <form method="post">
        <input type="hidden" name="what" value="take-back" />
        <input type="hidden" name="moveId" value={id} />
        <Button variant="quiet">{t("takeBack")}</Button>
      </form>
    ) : (
      "–"
    );
  const code = ({ householdId, registerCode, headName }: AskedFor) =>
    householdId ? (
      <RowLink href={`/coop/households/${householdId}`}>
        <span lang="zh-CN">{headName}</span> · {registerCode}
      </RowLink>
    ) : (
      registerCode
    );
  return (
    <DataTable
      caption={t("askedTitle")}
      rows={moves}
      rowKey={({ id }) => id}
      columns={[
        { label: t("code"), cell: code },
        { label: t("askedAt"), cell: ({ askedAt }) => formatDate(askedAt, locale) },
        { label: t("state"), cell: ({ state }) => states(state) },
        {
          label: t("endedAt"),
          cell: ({ endedAt, expiresAt, state }) =>
            state === "asked"
              ? `${t("until")} ${formatDate(expiresAt, locale)}`
              : endedAt
                ? formatDate(endedAt, locale)
                : "–",
        },
        { label: t("takeBack"), cell: takeBack },
      ]}
    />
  );
}
