import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ErrorKey } from "./field.tsx";

type Option = { value: string; label: ReactNode };

type Props = {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: ErrorKey;
  /** Its radio buttons; where each is more than its words, they are given as `children` instead. */
  options?: readonly Option[];
  /** Nothing is chosen for the reader where this is left out. */
  chosen?: string;
  children?: ReactNode;
};

/** One of several answers, with a label, a hint and an error that belong to all of them. */
export function Choice({ name, label, hint, error, options = [], chosen, children }: Props) {
  const errors = useTranslations("errors");
  const id = `field-${name}`;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      id={id}
      role="radiogroup"
      aria-labelledby={`${id}-label`}
      tabIndex={-1}
      aria-invalid={error ? true : undefined}
      aria-describedby={described || undefined}
    >
      <p className="label" id={`${id}-label`}>
        {label}
      </p>
      {/* Each on a line that a thumb cannot miss. */}
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
