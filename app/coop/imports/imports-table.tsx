import { useLocale, useTranslations } from "use-intl";
import type { SentImport } from "#app/domain/imports/read-imports.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

type Shown = Omit<SentImport, "sentAt"> & { sentAt: Date | string };

const TONES: Record<SentImport["state"], Tone> = {
  ...{ "looked-at": "earth", "under-way": "persimmon", taken: "leaf" },
  ...{ refused: "red", stopped: "red" },
};

/** The files that were sent last, and what became of each. */
export function ImportsTable({ files }: { files: Shown[] }) {
  const t = useTranslations("imports");
  const locale = useLocale() as Locale;
  return (
    <DataTable
      caption={t("files")}
      rows={files}
      rowKey={(file) => file.id}
      columns={[
        {
          label: t("sentAt"),
          cell: ({ id, sentAt }) => (
            <RowLink href={`/coop/imports/${id}`}>{formatDateTime(sentAt, locale)}</RowLink>
          ),
        },
        { label: t("kindLabel"), cell: ({ kind }) => t(`kind.${kind}`) },
        { label: t("linesLabel"), isNumber: true, cell: ({ lines }) => lines },
        {
          label: t("stateLabel"),
          cell: ({ state }) => <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>,
        },
      ]}
    />
  );
}
