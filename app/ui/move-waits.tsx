import { useTranslations } from "use-intl";

type Waits = { parcels: number; paying: number; isInRun: boolean };

/** What a move that was agreed to waits for, in words; one line for each. */
export function MoveWaitsList({ waits }: { waits: Waits }) {
  const t = useTranslations("moves.waits");
  const { parcels, paying, isInRun } = waits;
  const lines = [
    parcels > 0 && t("parcels", { count: parcels }),
    paying > 0 && t("paying", { count: paying }),
    isInRun && t("run"),
  ].filter((line) => line !== false);
  if (lines.length === 0) return <p>{t("nothing")}</p>;
  return (
    <ul className="stack">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
