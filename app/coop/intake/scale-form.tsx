import { useLocale, useTranslations } from "use-intl";
import type { AtScale, OpenPool } from "#app/domain/intake/find-at-scale.ts";
import { grades } from "#app/domain/listings/offer-rules.ts";
import type { CropGroup } from "#app/domain/listings/read-crops.ts";
import type { FieldErrors, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { Choice } from "#app/ui/choice.tsx";
import { Field, fieldOf } from "#app/ui/field.tsx";
import { HiddenKey } from "#app/ui/form.tsx";
import { SelectField } from "#app/ui/select-field.tsx";
import { Camera } from "../scan/camera.tsx";

export type ScaleOptions = { groups: CropGroup[]; usual: string[]; pools: OpenPool[] };

type Props = {
  options: ScaleOptions;
  clientKey: string;
  values: FormValues;
  errors: FieldErrors;
  several?: AtScale[];
  photoIds?: string[];
  /** Where whoever opens the page begins to type. */
  focus: "household" | "gross";
};

/** What the scale asks for, in the order in which it is known; Enter leads on, and from the last one sends. */
export function ScaleForm(props: Props) {
  const { options, clientKey, values, errors, several = [], photoIds = [], focus } = props;
  const t = useTranslations("intake.scale");
  const words = useTranslations("words");
  const locale = useLocale();
  const sent = { values, errors };
  const crops = options.groups.flatMap(({ crops: all }) => all);
  const usual = options.usual.flatMap((code) => crops.filter((crop) => crop.code === code));
  const groups = [
    ...(usual.length > 0 ? [{ label: t("usual"), options: usual }] : []),
    ...options.groups.map(({ name, crops: all }) => ({
      label: name,
      options: all.filter(({ code }) => !options.usual.includes(code)),
    })),
  ].filter((group) => group.options.length > 0);
  return (
    <form
      id="weigh-in"
      method="post"
      action="/coop/intake"
      encType="multipart/form-data"
      className="card stack"
      data-scale=""
    >
      <HiddenKey value={clientKey} />
      <Field
        {...fieldOf("household", sent)}
        label={t("household")}
        hint={<span data-scale-hint="">{t("householdHint")}</span>}
        required
      >
        {(control) => (
          <input
            {...control}
            className="input text-xl"
            defaultValue={values.household}
            maxLength={40}
            autoComplete="off"
            enterKeyHint="next"
            // biome-ignore lint/a11y/noAutofocus: at the scale the next thing is always to be typed here
            autoFocus={focus === "household"}
          />
        )}
      </Field>
      <Camera button={t("scan")} says={t("scanning")} pattern="^\d{8}$" />
      {several.length > 0 && (
        <Choice
          name="householdId"
          label={t("several")}
          chosen={values.householdId}
          options={several.map((one) => ({
            value: one.id,
            label: `${one.headName} · ${pick(locale, one.villageZh, one.villageEn)} · ${one.intakeCode}`,
          }))}
        />
      )}
      <div className="grid grid-cols-2 gap-4">
        <SelectField
          {...fieldOf("category", sent)}
          label={t("crop")}
          placeholder={t("choose")}
          groups={groups.map(({ label, options: some }) => ({
            label,
            options: some.map(({ code, name }) => ({ value: code, label: name })),
          }))}
          required
        />
        <SelectField
          {...fieldOf("grade", sent)}
          label={t("grade")}
          options={grades.map((grade) => ({ value: grade, label: words(`grade.${grade}`) }))}
          required
        />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field {...fieldOf("gross", sent)} label={t("gross")} required>
          {(control) => (
            <input
              {...control}
              className="input text-2xl tabular-nums"
              defaultValue={values.gross}
              inputMode="decimal"
              autoComplete="off"
              enterKeyHint="next"
              // biome-ignore lint/a11y/noAutofocus: the card was read, and the goods stand on the scale
              autoFocus={focus === "gross"}
            />
          )}
        </Field>
        <Field {...fieldOf("tare", sent)} label={t("tare")}>
          {(control) => (
            <input
              {...control}
              className="input text-2xl tabular-nums"
              defaultValue={values.tare}
              inputMode="decimal"
              autoComplete="off"
              enterKeyHint="send"
            />
          )}
        </Field>
      </div>
      <p
        className="text-xl"
        data-net={t("net", { kg: "{kg}", jin: "{jin}" })}
        aria-live="polite"
        hidden
      />
      {photoIds.map((id) => (
        <p key={id}>
          <input type="hidden" name="photoId" value={id} />
          {t("photoKept")}
        </p>
      ))}
      <Button wide>{t("send")}</Button>
      <details open={Boolean(values.pool || errors.pool || errors.photo)}>
        <summary className="min-h-11">{t("more")}</summary>
        <div className="stack">
          {options.pools.length > 0 && (
            <SelectField
              {...fieldOf("pool", sent)}
              label={t("pool")}
              hint={t("poolHint")}
              placeholder={t("ownProduce")}
              options={options.pools.map((pool) => ({
                value: pool.id,
                label: pick(locale, pool.titleZh, pool.titleEn),
              }))}
            />
          )}
          <Field name="photo" label={t("photo")} error={errors.photo}>
            {(control) => (
              <input
                {...control}
                type="file"
                accept="image/*"
                capture="environment"
                className="input"
              />
            )}
          </Field>
        </div>
      </details>
    </form>
  );
}
