import { Field, type FieldProps } from "./field.tsx";

export type Option = { value: string; label: string };
export type OptionGroup = { label: string; options: Option[] };

function OptionList({ options }: { options: Option[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
}

/** A choice from a list; `enhance` names the behaviour a standalone script adds to it. */
export function SelectField(
  props: FieldProps & {
    options?: Option[];
    groups?: OptionGroup[];
    placeholder?: string;
    enhance?: string;
  },
) {
  return (
    <Field {...props}>
      {(control) => (
        <select
          {...control}
          className="input"
          defaultValue={props.defaultValue ?? ""}
          autoComplete={props.autoComplete}
          data-enhance={props.enhance}
        >
          {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
          <OptionList options={props.options ?? []} />
          {props.groups?.map((group) => (
            <optgroup key={group.label} label={group.label}>
              <OptionList options={group.options} />
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
