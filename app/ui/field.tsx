import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Messages } from "#app/i18n/messages.ts";

export type ErrorKey = keyof Messages["errors"];

export type FieldProps = {
  name: string;
  /** Which of several forms on one page it belongs to: no two controls may have one id. */
  of?: string;
  label: string;
  hint?: ReactNode;
  error?: ErrorKey;
  required?: boolean;
  defaultValue?: string | number;
  autoComplete?: string;
};

type Sent = {
  values: Partial<Record<string, string>>;
  errors: Partial<Record<string, ErrorKey>>;
};

/** A field of a form that came back: what was typed in it, and what is wrong with it. */
export function fieldOf(name: string, { values, errors }: Sent) {
  return { name, defaultValue: values[name], error: errors[name] };
}

type Described = {
  id: string;
  name: string;
  "aria-invalid"?: true;
  "aria-describedby"?: string;
  "aria-required"?: true;
};

/** Label, hint and error around one control, tied together for those who listen to the page. */
export function Field({
  name,
  of,
  label,
  hint,
  error,
  required,
  children,
}: FieldProps & { children: (control: Described) => ReactNode }) {
  const t = useTranslations("errors");
  const id = of === undefined ? `field-${name}` : `field-${name}-${of}`;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        name,
        "aria-invalid": error ? true : undefined,
        "aria-describedby": described || undefined,
        "aria-required": required || undefined,
      })}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="error" id={`${id}-error`}>
          {t(error)}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = FieldProps & {
  type?: "text" | "tel" | "date" | "search" | "number";
  inputMode?: "text" | "numeric" | "decimal" | "tel" | "search";
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  placeholder?: string;
  suffix?: string;
};

/**
 * One line of text. `required` is said to the reader but not enforced by the browser: its own
 * message would be in the browser's language, not the reader's.
 */
export function TextField(props: TextFieldProps) {
  const { type = "text", suffix, inputMode, maxLength, min, max, placeholder } = props;
  return (
    <Field {...props}>
      {(control) => (
        <span className="flex items-center gap-2">
          <input
            {...control}
            {...{ type, inputMode, maxLength, min, max, placeholder }}
            className="input"
            defaultValue={props.defaultValue}
            autoComplete={props.autoComplete}
          />
          {suffix && <span className="shrink-0">{suffix}</span>}
        </span>
      )}
    </Field>
  );
}
