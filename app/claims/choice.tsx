import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ErrorKey } from "#app/ui/field.tsx";

type Props = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: ErrorKey;
  /** Its radio buttons. */
  children: ReactNode;
};

/** One of several, with a label, a hint and an error that belong to all of them. */
export function Choice({ name, label, hint, error, children }: Props) {
  const errors = useTranslations("errors");
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      id={id}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      aria-invalid={error ? true : undefined}
      aria-describedby={described || undefined}
    >
      <p className="label" id={`${id}-label`}>
        {label}
      </p>
      {children}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {errors(error)}
        </p>
      )}
    </div>
  );
}

type Option = { value: string; label: string };

/** Radio buttons below each other, or side by side where there is room. */
export function ChoiceButtons({
  name,
  options,
  chosen,
}: {
  name: string;
  options: readonly Option[];
  /** Nothing is chosen for the reader. */
  chosen?: string;
}) {
  return (
    <div className="flex flex-wrap gap-x-6">
      {options.map(({ value, label }) => (
        <label key={value} className="flex min-h-11 items-center gap-3">
          <input
            className="size-5 shrink-0"
            type="radio"
            name={name}
            value={value}
            defaultChecked={value === chosen}
          />
          <span>{label}</span>
        </label>
      ))}
    </div>
  );
}
