import { useTranslations } from "use-intl";
import { SpoiledPie } from "#app/claims/spoiled-pie.tsx";
import { useClaimWords } from "#app/claims/use-claim-words.ts";
import { PERCENTS } from "#app/domain/claims/claim-rules.ts";
import type { ClaimableLine } from "#app/domain/claims/read-claimable.ts";
import { Choice } from "#app/ui/choice.tsx";
import type { ErrorKey } from "#app/ui/field.tsx";
import { formatFen } from "#app/ui/format.ts";
import { lineField } from "./read-claim-form.ts";

const isPercent = (chosen: string) => PERCENTS.some((percent) => String(percent) === chosen);

type Props = { line: ClaimableLine; chosen?: string; error?: ErrorKey };

/** How much of a line is spoiled, by pictures; of what cannot be claimed for, why. */
export function ShareField({ line, chosen = "0", error }: Props) {
  const words = useClaimWords();
  const errors = useTranslations("errors");
  const label = words.t("form.line", {
    title: words.title(line),
    quantity: line.quantity,
    fen: formatFen(line.lineFen),
  });
  const name = lineField(line.id);
  const id = `field-${name}`;
  if (line.isClaimed || line.leftFen === 0) {
    return (
      <div id={id}>
        <p className="label">{label}</p>
        <p className="hint">{words.t(line.isClaimed ? "form.claimed" : "form.gone")}</p>
        {isPercent(chosen) && (
          <p>{words.t("form.beforeMeant", { share: words.percent(Number(chosen)) })}</p>
        )}
        {error && <p className="error">{errors(error)}</p>}
      </div>
    );
  }
  return (
    <Choice
      name={name}
      label={label}
      hint={
        line.leftFen < line.lineFen && words.t("form.leftHint", { fen: formatFen(line.leftFen) })
      }
      error={error}
    >
      <div className="crops">
        {[0, ...PERCENTS].map((percent) => (
          <label key={percent}>
            <input
              type="radio"
              name={name}
              value={percent}
              defaultChecked={String(percent) === chosen}
            />
            <span>
              <SpoiledPie percent={percent} />
              {words.percent(percent)}
            </span>
          </label>
        ))}
      </div>
    </Choice>
  );
}
