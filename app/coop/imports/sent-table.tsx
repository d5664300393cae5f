import { useLocale, useTranslations } from "use-intl";
import type { ImportKind } from "#app/domain/imports/columns.ts";
import type { SentFile } from "#app/domain/sheets/start-kept.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { DataTable, RowLink } from "#app/ui/data-table.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge, type Tone } from "#app/ui/layout.tsx";

type Shown = Omit<SentFile, "sentAt"> & { sentAt: Date | string; kind?: ImportKind };

const TONES: Record<SentFile["state"], Tone> = {
  ...{ "looked-at": "earth", "under-way": "persimmon", taken: "leaf" },
  ...{ refused: "red", stopped: "red" },
};

/** The files that were sent last, and what became of each. */
export function SentTable({ path, files }: { path: string; files: Shown[] }) {
  const t = useTranslations("imports");
  const locale = useLocale() as Locale;
  const kinds = {
    label: t("kindLabel"),
    cell: ({ kind }: Shown) => (kind ? t(`kind.${kind}`) : ""),
  };
  return (
    <DataTable
      caption={t("files")}
      rows={files}
      rowKey={(file) => file.id}
      columns={[
        {
          label: t("sentAt"),
          cell: ({ id, sentAt }) => (
            <RowLink href={`${path}/${id}`}>{formatDateTime(sentAt, locale)}</RowLink>
          ),
        },
        ...(files.some(({ kind }) => kind) ? [kinds] : []),
        { label: t("linesLabel"), isNumber: true, cell: ({ lines }) => lines },
        {
          label: t("stateLabel"),
          cell: ({ state }) => <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>,
        },
      ]}
    />
  );
}
