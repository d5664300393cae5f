import { useLocale, useTranslations } from "use-intl";
import { parts, type StatementPart } from "#app/domain/statement/parts.ts";
import type { OwnStatement } from "#app/domain/statement/read-statement.ts";
import { ButtonLink } from "#app/ui/button.tsx";
import { formatFen, formatMonth } from "#app/ui/format.ts";
import { Card, EmptyState, Facts } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { type Place, statementPath } from "./asked.ts";
import { EntryTable, type Reader } from "./entry-table.tsx";
import { KindTable } from "./kind-table.tsx";
import { MonthForm } from "./month-form.tsx";

type Props = {
  place: Place;
  part: StatementPart;
  statement: OwnStatement;
  isOlder: boolean;
  reader: Reader;
};

/** A month of a cooperative's money: its parts, what it began and ended with, and entry by entry. */
export function StatementView({ place, part, statement, isOlder, reader }: Props) {
  const t = useTranslations("statement");
  const locale = useLocale();
  const { month, months, openingFen, closingFen, entries, sums, olderBefore } = statement;
  const [inFen, outFen] = [
    sums.reduce((sum, each) => sum + each.inFen, 0),
    sums.reduce((sum, each) => sum + each.outFen, 0),
  ];
  const file = (format: string) =>
    statementPath({ ...place, path: `${place.path}/${format}` }, part, month);
  return (
    <>
      <nav className="tabs" aria-label={t("parts")}>
        {parts.map((each) => (
          <a
            key={each}
            href={statementPath(place, each, month)}
            aria-current={each === part ? "page" : undefined}
          >
            {t(`part.${each}`)}
          </a>
        ))}
      </nav>
      <p className="text-earth">{t(`hint.${part}`)}</p>
      <MonthForm {...{ place, part, month, months }} />
      <Card title={formatMonth(month, locale)}>
        <Facts
          items={[
            [t("opening"), formatFen(openingFen)],
            [t(part === "paid" ? "paidOut" : "in"), formatFen(inFen)],
            [t(part === "paid" ? "cameBack" : "out"), formatFen(outFen)],
            [t("closing"), <strong key="closing">{formatFen(closingFen)}</strong>],
          ]}
        />
        {sums.length > 0 && <KindTable sums={sums} part={part} />}
      </Card>
      {entries.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <Card title={t("entries")}>
          <EntryTable entries={entries} reader={reader} part={part} />
          <OlderPager
            href={statementPath(place, part, month)}
            older={olderBefore}
            isOlder={isOlder}
          />
          <p className="flex flex-wrap gap-3">
            <ButtonLink variant="quiet" href={file("csv")} download>
              {t("csv")}
            </ButtonLink>
            <ButtonLink variant="quiet" href={file("xlsx")} download>
              {t("xlsx")}
            </ButtonLink>
          </p>
          {reader && <p className="hint">{t("sealedHint")}</p>}
        </Card>
      )}
    </>
  );
}
