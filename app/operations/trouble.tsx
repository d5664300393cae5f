import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

/** Things that somebody must look at: what, how much, since when, and what to do about it. */
export function TroubleList({
  count,
  shown,
  children,
}: {
  count: number;
  shown: number;
  children: ReactNode;
}) {
  const t = useTranslations("operations");
  return (
    <>
      <ul className="stack">{children}</ul>
      {count > shown && <p className="hint">{t("moreThanShown", { shown, count })}</p>}
    </>
  );
}

export function Trouble({
  title,
  amount,
  badge,
  facts,
  advice,
  children,
}: {
  title: ReactNode;
  amount: string;
  badge: ReactNode;
  facts: readonly (string | null)[];
  advice?: ReactNode;
  /** What can be done about it here. */
  children?: ReactNode;
}) {
  return (
    <li className="border-t border-line pt-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <strong className="[overflow-wrap:anywhere] tabular-nums">{title}</strong>
          {badge}
        </span>
        <strong className="whitespace-nowrap tabular-nums">{amount}</strong>
      </div>
      <p className="text-sm text-earth">
        {facts.filter((fact) => fact !== null && fact !== "").join(" · ")}
      </p>
      {advice && <p className="mt-1">{advice}</p>}
      {children}
    </li>
  );
}
