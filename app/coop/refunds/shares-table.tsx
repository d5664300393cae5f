import { useTranslations } from "use-intl";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { RefundShare } from "#app/domain/parcels/read-parcel-refunds.ts";
import { type Column, DataTable } from "#app/ui/data-table.tsx";
import { formatFen } from "#app/ui/format.ts";
import { Money } from "#app/ui/money.tsx";
import { useWords } from "../packing/words.ts";

export type Share = RefundShare & { balanceFen: number | null };

/** Who is behind an account of a parcel: a household by name, the cooperative's fee or freight. */
export function useAccountName(lines: ReadParcel["lines"]) {
  const t = useTranslations("coop.refund");
  const words = useWords();
  const sources = lines.flatMap((line) => line.sources);
  return (account: string): { name: string; code: string } => {
    const [kind = "", code = ""] = account.split(":");
    if (kind === "coop-fee") return { name: t("fee"), code: "" };
    if (kind === "freight") return { name: t("freightPart"), code: "" };
    if (kind === "owed") return { name: t("owedPart"), code: "" };
    const source = sources.find((each) => each.reliefCode === code);
    return { name: source ? words.household(source) : code, code };
  };
}

const RANKS = ["relief", "coop-fee", "freight", "owed"];
const rankOf = (share: RefundShare) => RANKS.indexOf(share.account.split(":")[0] ?? "");

/** Households first, then what the cooperative kept, then freight. */
export function inOrder<Of extends RefundShare>(shares: readonly Of[]): Of[] {
  return shares.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What each account gives back before it is asked for, and which would be overdrawn by it. */
export function SharesTable({ parcel, shares }: { parcel: ReadParcel; shares: Share[] }) {
  const t = useTranslations("coop.refund");
  const words = useWords();
  const nameOf = useAccountName(parcel.lines);
  const lineOf = (share: Share) => parcel.lines.find((line) => line.id === share.orderLineId);
  const goods: Column<Share> = {
    label: t("goods"),
    cell: (share) => {
      const line = lineOf(share);
      return line ? words.title(line) : "—";
    },
  };
  return (
    <DataTable
      caption={t("plan")}
      rows={inOrder(shares)}
      rowKey={(share) => `${share.account} ${share.orderLineId}`}
      columns={[
        {
          label: t("account"),
          cell: (share) => {
            const { name, code } = nameOf(share.account);
            return (
              <>
                <strong>{name}</strong>
                <span className="block text-sm text-earth">{code}</span>
              </>
            );
          },
        },
        ...(parcel.lines.length > 1 ? [goods] : []),
        {
          label: t("gives"),
          isNumber: true,
          cell: (share) => (
            <strong>
              <Money fen={share.fen} />
            </strong>
          ),
        },
        {
          label: t("balance"),
          isNumber: true,
          cell: ({ balanceFen, fen }) =>
            balanceFen === null ? (
              "—"
            ) : (
              <>
                <Money fen={balanceFen} />
                {balanceFen < fen && (
                  <span className="block text-sm whitespace-normal text-red">
                    {t("overdrawn", { fen: formatFen(fen - balanceFen) })}
                  </span>
                )}
              </>
            ),
        },
      ]}
    />
  );
}
