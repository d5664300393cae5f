import { useTranslations } from "use-intl";

/** To which form on the page the boxes of a table belong, and whether all are to be chosen. */
export type Choosing = { form: string; isAll: boolean };

/** Chooses one row for something that is done with several; as large as a thumb. */
export function ChooseBox({
  form,
  isAll,
  name,
  value,
  label,
}: Choosing & { name: string; value: string; label: string }) {
  return (
    <label className="inline-flex min-h-11 min-w-11 items-center justify-center">
      <input
        className="size-6"
        type="checkbox"
        form={form}
        name={name}
        value={value}
        aria-label={label}
        defaultChecked={isAll}
      />
    </label>
  );
}

/** Chooses every row of a page, or none, by a link: no script is needed. `path` has a `?` in it. */
export function ChooseAll({ path, isAll }: { path: string; isAll: boolean }) {
  const t = useTranslations("chosen");
  return (
    <p className="no-print">
      <a
        className="inline-flex min-h-11 min-w-11 items-center"
        href={isAll ? path : `${path}&choose=all`}
      >
        {t(isAll ? "chooseNone" : "chooseAll")}
      </a>
    </p>
  );
}
