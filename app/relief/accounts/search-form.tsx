import { useTranslations } from "use-intl";
import { Button } from "#app/ui/button.tsx";
import { type ErrorKey, TextField } from "#app/ui/field.tsx";

/** Posted, so that no name gets into an address. */
export function SearchForm({ search, error }: { search: string; error?: ErrorKey }) {
  const t = useTranslations("relief.list");
  return (
    <form method="post" className="card stack" autoComplete="off">
      <TextField
        name="search"
        type="search"
        label={t("search")}
        hint={t("searchHint")}
        maxLength={60}
        defaultValue={search}
        error={error}
      />
      <Button>{t("searchButton")}</Button>
    </form>
  );
}
