import { useTranslations } from "use-intl";
import { matchCrops } from "#app/domain/listings/match-crops.ts";
import { isOtherCrop } from "#app/domain/listings/other-crop.ts";
import type { Crop, CropGroup } from "#app/domain/listings/read-crops.ts";
import { CropPicture } from "#app/ui/crop-picture.tsx";
import type { ErrorKey } from "#app/ui/field.tsx";

type Props = {
  groups: CropGroup[];
  /** Codes of the crops the household listed last. */
  last: string[];
  /** It is the cooperative's manager who chooses, for a household. */
  onBehalf?: boolean;
  chosen?: string;
  /** Where the form goes to find a crop; not asked for where there may be no signal. */
  findAction?: string;
  /** What she typed to find a crop. */
  asked?: string;
  error?: ErrorKey;
};

/**
 * What is sold, chosen by its picture: what fits her words, what she sold last, then group by
 * group. Without scripts the search comes back with the form as it was.
 */
export function CropChoice(props: Props) {
  const { groups, last, onBehalf, chosen, findAction, asked = "", error } = props;
  const t = useTranslations("farm.crops");
  const say = useTranslations("errors");
  const found = matchCrops(groups, asked);
  const crops = groups.flatMap((group) => group.crops);
  const known = last.flatMap((code) => crops.find((crop) => crop.code === code) ?? []);
  // The same crop may stand in several places; only the first of them is checked.
  // What no crop is called goes under "other" of its kind, with the name she gives it.
  const others = crops.filter(({ code }) => isOtherCrop(code));
  const offered = found.length > 0 || asked.trim() === "" ? found : others;
  const home = [offered, known].find((some) => some.some((crop) => crop.code === chosen));
  const chosenIn = (some: Crop[]) => (home === undefined || home === some ? chosen : undefined);
  const tiles = (some: Crop[]) => <Tiles crops={some} groups={groups} chosen={chosenIn(some)} />;
  return (
    <div
      id="field-category"
      role="radiogroup"
      aria-labelledby="field-category-label"
      aria-invalid={error ? true : undefined}
      tabIndex={-1}
      className="stack crop-choice"
      aria-describedby={error && "field-category-error"}
    >
      <p className="label" id="field-category-label">
        {t("title")}
      </p>
      {error && (
        <p className="error" id="field-category-error">
          {say(error)}
        </p>
      )}
      {findAction && (
        <div className="flex flex-wrap gap-2" id="crops">
          <input
            type="search"
            name="cropSearch"
            className="input min-w-0 flex-1 basis-36"
            maxLength={40}
            defaultValue={asked}
            aria-label={t("search")}
            placeholder={t("search")}
          />
          <input type="hidden" name="cropsFoundFor" value={asked} />
          <button
            type="submit"
            name="findCrop"
            value="1"
            formAction={findAction}
            className="btn btn-quiet"
          >
            {t("find")}
          </button>
        </div>
      )}
      {asked.trim() !== "" && (
        <div role="status" className="stack">
          <p className="label">{found.length > 0 ? t("found") : t("notFound", { asked })}</p>
          {tiles(offered)}
        </div>
      )}
      {known.length > 0 && (
        <div className="stack">
          <p className="label">{t(onBehalf ? "lastOfHousehold" : "last")}</p>
          {tiles(known)}
        </div>
      )}
      <div className="crop-groups">
        {groups.map((group) => {
          const isOpen = !home && group.crops.some((crop) => crop.code === chosen);
          return (
            <details key={group.code} open={isOpen} className="crop-group">
              <summary>
                <CropPicture group="groups" code={group.code} />
                {group.name}
              </summary>
              {tiles(group.crops)}
            </details>
          );
        })}
      </div>
    </div>
  );
}

function Tiles({ crops, groups, chosen }: { crops: Crop[]; groups: CropGroup[]; chosen?: string }) {
  return (
    <div className="crops">
      {crops.map((crop) => (
        <label key={crop.code}>
          <input
            type="radio"
            name="category"
            value={crop.code}
            defaultChecked={crop.code === chosen}
          />
          <span>
            <CropPicture
              group={groups.find((group) => group.crops.includes(crop))?.code ?? ""}
              code={crop.code}
            />
            {crop.name}
          </span>
        </label>
      ))}
    </div>
  );
}
