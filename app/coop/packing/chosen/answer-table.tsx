import { useTranslations } from "use-intl";
import type { ChosenParcel } from "#app/domain/parcels/advance-chosen.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { useWords } from "../words.ts";

/** What became of each of the chosen parcels, row by row, and what to do first where it could not go on. */
export function AnswerTable({ answers }: { answers: ChosenParcel[] }) {
  const t = useTranslations("chosen");
  const problem = useTranslations("coop.problem");
  const already = useTranslations("packing.already");
  const words = useWords();
  const said = (answer: ChosenParcel) => {
    if (answer.outcome === "done") return <Badge tone="leaf">{t("parcels.done")}</Badge>;
    if (answer.outcome === "parcel-not-found") {
      return <span className="error">{t("parcels.unknown")}</span>;
    }
    if (answer.outcome !== "stands") {
      return <span className="error">{problem(answer.outcome)}</span>;
    }
    if (!("step" in answer) || !answer.step) return t("parcels.stands");
    const { kind, name, at, byMe } = answer.step;
    return already("by", {
      name: byMe ? t("parcels.me") : (name ?? already("somebody")),
      time: formatDateTime(at, words.locale),
      state: words.parcelStatus(kind),
    });
  };
  return (
    <DataTable
      caption={t("answers")}
      rows={answers}
      rowKey={(answer) => answer.parcelId}
      columns={[
        {
          label: t("parcels.order"),
          cell: ({ parcelId, orderNumber }) =>
            orderNumber ? <RowLink href={`/coop/parcels/${parcelId}`}>{orderNumber}</RowLink> : "—",
        },
        { label: t("outcome"), cell: said },
      ]}
    />
  );
}
