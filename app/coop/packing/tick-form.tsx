import { useTranslations } from "use-intl";
import { countTicked } from "#app/domain/parcels/count-ticked.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import type { Tick } from "#app/domain/parcels/read-ticks.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime } from "#app/ui/format.ts";
import { Badge } from "#app/ui/layout.tsx";
import { InsteadNote } from "./instead-note.tsx";
import { useWords } from "./words.ts";

/**
 * What goes into the box, each with a square to tick: kept by its button, or by a script as soon as
 * it is tapped. What the page shows as ticked goes along, so that a colleague's ticks stay.
 */
export function TickForm({ parcel, ticks }: { parcel: ReadParcel; ticks: Tick[] }) {
  const t = useTranslations("packing.ticks");
  const short = useTranslations("packing.short");
  const words = useWords();
  const said = ({ byMe, name, at }: Tick) => {
    const time = formatDateTime(at, words.locale);
    if (byMe) return t("byMe", { time });
    return name === null ? t("bySomebody", { time }) : t("by", { name, time });
  };
  const lines = parcel.lines.filter(({ toSend }) => toSend > 0);
  const inBox = countTicked(lines, ticks);
  return (
    <form
      method="post"
      action={`/coop/parcels/${parcel.id}/ticks`}
      className="stack"
      data-tick-lines=""
    >
      <fieldset className="stack">
        <legend className="label">
          {t("title")} · {t("done", inBox)}
        </legend>
        {lines.map((line) => {
          const tick = ticks.find(({ orderLineId }) => orderLineId === line.id);
          return (
            <div key={line.id} className="border-t border-line py-2" data-line="">
              <label className="flex min-h-12 items-center gap-3">
                <input
                  className="size-7 shrink-0"
                  type="checkbox"
                  name="line"
                  value={line.id}
                  defaultChecked={tick !== undefined}
                />
                <span className="flex flex-1 flex-wrap justify-between gap-x-4 text-lg">
                  <span>{words.graded(line)}</span>
                  <strong className="whitespace-nowrap">
                    {words.quantity({ ...line, quantity: line.toSend })}
                  </strong>
                </span>
              </label>
              <div className="ps-10 text-sm">
                {line.toSend < line.quantity && (
                  <Badge tone="red">{short("less", { count: line.quantity - line.toSend })}</Badge>
                )}
                <InsteadNote line={line} />
                <p className="text-earth">
                  {line.sources
                    .map((source) => `${words.household(source)} ${source.toSend}`)
                    .join(" · ")}
                </p>
                {tick && <p className="font-bold text-leaf">{said(tick)}</p>}
              </div>
            </div>
          );
        })}
      </fieldset>
      {ticks.map(({ orderLineId }) => (
        <input key={orderLineId} type="hidden" name="shown" value={orderLineId} />
      ))}
      <p className="hint">{inBox.ticked === inBox.all ? t("allIn") : t("hint")}</p>
      <Button variant="quiet">{t("save")}</Button>
    </form>
  );
}
