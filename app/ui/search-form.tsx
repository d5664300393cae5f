import { Button } from "./button.tsx";
import { type ErrorKey, TextField } from "./field.tsx";

type Words = { label: string; hint: string; button: string };

/** Posted, so that no name gets into an address. */
export function SearchForm(props: { words: Words; search: string; error?: ErrorKey }) {
  const { words, search, error } = props;
  return (
    <form method="post" className="card stack" autoComplete="off">
      <TextField
        name="search"
        type="search"
        label={words.label}
        hint={words.hint}
        maxLength={60}
        defaultValue={search}
        error={error}
      />
      <Button>{words.button}</Button>
    </form>
  );
}
