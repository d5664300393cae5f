import { useLocale, useTranslations } from "use-intl";
import type { Slip, SlipEntry } from "#app/domain/households/read-slip.ts";
import { formatDate, formatFen } from "#app/ui/format.ts";
import { Money } from "#app/ui/money.tsx";

/** Refunds that may give a part or all of it back; of the others their reason says which. */
const PART_OR_ALL = ["goods", "by-hand", "by-transfer"] as const;

/**
 * Which words tell why it moved: of a refund its reason (it has none while the money only waits
 * for the buyer), and whether it took the last fen; of anything else what it is.
 */
function wordOf({ kind, reason, isInstead }: SlipEntry, leftFen: number) {
  if (isInstead) return "instead";
  if (kind === "refund") {
    const either = PART_OR_ALL.find((one) => one === reason);
    return either && leftFen === 0 ? (`${either}-all` as const) : (reason ?? "owed");
  }
  return kind === "reversal" || kind === "dispute" || kind === "claim" ? kind : "other";
}

/** One line of the sum: a word and an amount. */
function Row({ label, fen, isSum }: { label: string; fen: number; isSum?: boolean }) {
  return (
    <div className="slip-sum" data-sum={isSum ? "" : undefined}>
      <dt>{label}</dt>
      <dd>
        <Money fen={fen} />
      </dd>
    </div>
  );
}

type Props = {
  slip: Pick<Slip, "priceFen" | "feeFen" | "yoursFen" | "goingBackFen" | "changes" | "isFeeBack">;
};

/** From what the buyer paid to what is hers in the end, each step with its reason. */
export function SlipSums({ slip }: Props) {
  const t = useTranslations("farmEarnings");
  const locale = useLocale();
  const { priceFen, feeFen, yoursFen, goingBackFen, changes } = slip;
  const earnedFen = priceFen - feeFen;
  const leftFen = changes.map((_, index) =>
    changes.slice(0, index + 1).reduce((sum, { fen }) => sum + fen, earnedFen),
  );
  const isAllBack =
    yoursFen === 0 && feeFen > 0 && slip.isFeeBack && changes.at(-1)?.kind === "refund";
  const whole = { price: formatFen(priceFen), fee: formatFen(feeFen), yours: formatFen(earnedFen) };
  const isAllGoing = goingBackFen === yoursFen;
  return (
    <>
      <dl>
        <Row label={t("slip.price")} fen={priceFen} />
        <Row label={t("slip.fee")} fen={0 - feeFen} />
        {changes.length > 0 && <Row label={t("slip.earned")} fen={earnedFen} isSum />}
        {changes.map((change, index) => {
          const why = t(`change.${wordOf(change, leftFen[index] ?? 0)}`);
          const label = `${formatDate(change.occurredAt, locale)} · ${why}`;
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          return <Row key={index} label={label} fen={change.fen} />;
        })}
        <Row label={t("slip.yours")} fen={yoursFen} isSum />
      </dl>
      {isAllBack && <p>{t("slip.allBack", whole)}</p>}
      {goingBackFen > 0 && (
        <p>
          {t(isAllGoing ? "slip.allGoingBack" : "slip.goingBack", {
            amount: formatFen(goingBackFen),
          })}
        </p>
      )}
    </>
  );
}
