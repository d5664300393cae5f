import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button, ButtonLink } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/layout.tsx";
import { OlderPager } from "#app/ui/older-pager.tsx";
import { ActTable } from "./act-table.tsx";
import { MOST_IN_FILE } from "./most-in-file.ts";
import type { ReadLog } from "./read-log.ts";

type Props = {
  log: ReadLog;
  path: string;
  /** What else the address asks for, and the field by which it is chosen. */
  of?: Record<string, string>;
  isLinked: boolean;
  children?: ReactNode;
};

/** The record of acts: what is asked of it, the acts, older ones, and all of it as a file. */
export function ActLog({ log, path, of = {}, isLinked, children }: Props) {
  const { filter } = log;
  const t = useTranslations("audit");
  const asked = new URLSearchParams(
    Object.entries({
      ...of,
      ...{ who: filter.memberId, what: filter.action, day: filter.day },
    }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  const isFiltered = filter.memberId || filter.action || filter.day;
  const unasked = new URLSearchParams(of).toString();
  return (
    <>
      <form method="get" action={path} className="flex flex-wrap items-end gap-3">
        {children}
        <label className="grow basis-40">
          <span className="label">{t("filter.who")}</span>
          <select name="who" className="input" defaultValue={filter.memberId ?? ""}>
            <option value="">{t("filter.everybody")}</option>
            {log.actors.map(({ id, name, hasLeft }) => (
              <option key={id} value={id}>
                {hasLeft ? t("left", { name: name ?? t("unnamed") }) : (name ?? t("unnamed"))}
              </option>
            ))}
          </select>
        </label>
        <label className="grow basis-40">
          <span className="label">{t("filter.what")}</span>
          <select name="what" className="input" defaultValue={filter.action ?? ""}>
            <option value="">{t("filter.everything")}</option>
            {log.whats.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label className="grow basis-40">
          <span className="label">{t("filter.day")}</span>
          <input type="date" name="day" className="input" defaultValue={filter.day ?? ""} />
        </label>
        <Button variant="quiet">{t("filter.show")}</Button>
        {isFiltered && (
          <a
            className="inline-flex min-h-11 min-w-11 items-center"
            href={unasked ? `${path}?${unasked}` : path}
          >
            {t("filter.clear")}
          </a>
        )}
      </form>
      {log.acts.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <ActTable acts={log.acts} isLinked={isLinked} />
      )}
      <OlderPager
        href={asked ? `${path}?${asked}` : path}
        older={log.olderBefore}
        isOlder={log.isOlder}
      />
      <p>
        <ButtonLink variant="quiet" href={`${path}/acts.csv${asked && `?${asked}`}`} download>
          {t("csv")}
        </ButtonLink>
      </p>
      <p className="text-earth">{t("csvHint", { count: MOST_IN_FILE })}</p>
      <p className="text-earth">{t("fromHint")}</p>
    </>
  );
}
