import type { ReactNode } from "react";

/** The one h1 of a page, with a way back where there is one. */
export function PageTitle({
  children,
  back,
}: {
  children: ReactNode;
  back?: { href: string; label: string };
}) {
  return (
    <div className="mb-4">
      {back && (
        <a className="no-print inline-flex min-h-11 min-w-11 items-center" href={back.href}>
          ← {back.label}
        </a>
      )}
      <h1 className="text-2xl md:text-3xl">{children}</h1>
    </div>
  );
}

/** A titled part of a page on a sheet of its own. */
export function Card({
  title,
  children,
  id,
}: {
  title?: ReactNode;
  children: ReactNode;
  id?: string;
}) {
  return (
    <section className="card stack" id={id}>
      {title && <h2 className="text-xl">{title}</h2>}
      {children}
    </section>
  );
}

export type Tone = "leaf" | "persimmon" | "earth" | "red";

export function Badge({ tone = "earth", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge tone-${tone}`}>{children}</span>;
}

export function Notice({
  tone = "leaf",
  title,
  children,
  role,
}: {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  role?: "status" | "alert";
}) {
  return (
    <div className={`notice tone-${tone}`} role={role}>
      {title && <p className="font-bold">{title}</p>}
      {children}
    </div>
  );
}

export function EmptyState({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="card py-8 text-center">
      <p className="text-lg font-bold">{title}</p>
      {children && <div className="mt-3">{children}</div>}
    </div>
  );
}

/** Facts as label and value. */
export function Facts({
  items,
}: {
  items: ReadonlyArray<readonly [label: ReactNode, value: ReactNode]>;
}) {
  return (
    <div className="facts-room">
      <dl className="facts">
        {items.map(([label, value], index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          <div key={index} className="contents">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export type Step = { label: ReactNode; detail?: ReactNode; done: boolean };

/** What has happened and what comes next, oldest first, along one line. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol>
      {steps.map((step, index) => {
        const next = steps[index + 1];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the page is rendered once, on the server
          <li key={index} className="relative pb-3 ps-6 last:pb-0">
            {next && (
              <span
                aria-hidden="true"
                className={`absolute left-1.25 top-2.5 h-full w-0.5 ${next.done ? "bg-leaf" : "bg-line"}`}
              />
            )}
            <span
              aria-hidden="true"
              className={`absolute left-0 top-2 size-3 rounded-full border-2 ${step.done ? "border-leaf bg-leaf" : "border-line bg-white"}`}
            />
            <span className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className={step.done ? "font-bold" : "text-earth"}>{step.label}</span>
              {step.detail && (
                <span className="text-sm text-earth tabular-nums">{step.detail}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
