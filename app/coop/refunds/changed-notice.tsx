import { useTranslations } from "use-intl";
import { formatFen } from "#app/ui/format.ts";
import { Notice } from "#app/ui/layout.tsx";
import { SentBefore } from "#app/ui/sent-before.tsx";

/** Why what was confirmed is shown once more. */
export type ChangedSince = {
  /** Something else was given back since the plan that was confirmed was shown. */
  hasChanged: boolean;
  /** By this very form so much was given back already, and what it says now was not. */
  before?: { fen: number; note: string };
};

export function ChangedNotice({ since, button }: { since: ChangedSince; button?: string }) {
  const t = useTranslations("coop.refund");
  const { hasChanged, before } = since;
  if (before) {
    const title = t("before", { fen: formatFen(before.fen), note: before.note });
    return <SentBefore title={title} button={button} />;
  }
  if (!hasChanged) return null;
  return (
    <Notice tone="red" role="alert" title={t("changed")}>
      {t("changedHint")}
    </Notice>
  );
}
