import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ErrorKey } from "./field.tsx";

/** One of a few answers, each on a line that a thumb cannot miss. */
export function Choice(props: {
  name: string;
  label: string;
  options: readonly { value: string; label: ReactNode }[];
  chosen?: string;
  error?: ErrorKey;
}) {
  const errors = useTranslations("errors");
  const { name, label, options, chosen, error } = props;
  const id = `field-${name}`;
  return (
    <div
      id={id}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      tabIndex={-1}
      aria-invalid={error ? true : undefined}
      aria-describedby={error && `${id}-error`}
    >
      <p className="label" id={`${id}-label`}>
        {label}
      </p>
      {options.map(({ value, label: said }) => (
        <label key={value} className="flex min-h-11 items-center gap-3">
          <input
            className="size-6 shrink-0"
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === chosen}
          />
          <span>{said}</span>
        </label>
      ))}
      {error && (
        <p className="error" id={`${id}-error`}>
          {errors(error)}
        </p>
      )}
    </div>
  );
}
