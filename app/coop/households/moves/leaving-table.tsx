import { useLocale, useTranslations } from "use-intl";
import type { Leaving } from "#app/domain/moves/read-moves.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { DataTable } from "#app/ui/data-table.tsx";
import { formatDate } from "#app/ui/format.ts";
import { MoveWaitsList } from "#app/ui/move-waits.tsx";

function AnswerForm({ id }: { id: string }) {
  const t = useTranslations("moves.coop");
  return (
    <form method="post" className="stack">
      <p>{t("oursHint")}</p>
      <input type="hidden" name="moveId" value={id} />
      <div className="flex flex-wrap gap-3">
        <Button name="what" value="agreed">
          {t("agree")}
        </Button>
        <Button name="what" value="refused" variant="quiet">
          {t("refuse")}
        </Button>
      </div>
    </form>
  );
}

/** The households that are asked to leave, that wait to, and that have left. */
export function LeavingTable({ moves }: { moves: Leaving[] }) {
  const t = useTranslations("moves.coop");
  const states = useTranslations("moves.state");
  const locale = useLocale();
  const answer = ({ id, isOursToAnswer, waits, state, expiresAt }: Leaving) => {
    if (isOursToAnswer) return <AnswerForm id={id} />;
    if (waits) return <MoveWaitsList waits={waits} />;
    return state === "asked" ? `${t("until")} ${formatDate(expiresAt, locale)}` : "–";
  };
  return (
    <DataTable
      caption={t("leavingTitle")}
      rows={moves}
      rowKey={({ id }) => id}
      columns={[
        { label: t("head"), cell: ({ headName }) => <span lang="zh-CN">{headName}</span> },
        { label: t("to"), cell: ({ toZh, toEn }) => pick(locale, toZh, toEn) },
        {
          label: t("state"),
          cell: ({ state, endedAt }) =>
            endedAt ? `${states(state)} · ${formatDate(endedAt, locale)}` : states(state),
        },
        { label: t("answer"), cell: answer },
      ]}
    />
  );
}
