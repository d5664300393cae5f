import type { ReactNode } from "react";

export type Column<Row> = {
  label: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
};

/** Where a row leads: as high as a thumb, and the row no higher for it. */
export function RowLink({
  href,
  lang,
  children,
}: {
  href: string;
  /** Of a name that stands in another language than the page. */
  lang?: string;
  children: ReactNode;
}) {
  return (
    <a
      className="-my-2 inline-flex min-h-11 min-w-11 items-center font-bold tabular-nums"
      href={href}
      lang={lang}
    >
      {children}
    </a>
  );
}

/** A table that uses a PC's width; on a phone every row becomes a card that names its columns. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  rowKey,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table className="table table-cards">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.isNumber ? "num" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td
                  key={column.label}
                  data-label={column.label}
                  className={column.isNumber ? "num" : undefined}
                >
                  <span>{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
