import { useLocale, useTranslations } from "use-intl";
import type { OrderView } from "#app/domain/orders/read-order.ts";
import type { SubstitutionView } from "#app/domain/substitutions/read-substitutions.ts";
import { pick } from "#app/i18n/locale.ts";
import type { Messages } from "#app/i18n/messages.ts";
import { Button } from "#app/ui/button.tsx";
import { formatDateTime, formatFen } from "#app/ui/format.ts";
import { gradedTitle } from "#app/ui/graded-title.ts";
import { Card, Facts, Notice } from "#app/ui/layout.tsx";
import { Picture } from "#app/ui/picture.tsx";

type Goods = { titleZh: string; titleEn: string; grade: string; unit: string };

/** How the goods and how much of them are called. */
function useGoodsWords() {
  const words = useTranslations("words");
  const coop = useTranslations("coop.quantity");
  const locale = useLocale();
  return {
    locale,
    title: (of: Pick<Goods, "titleZh" | "titleEn">) => pick(locale, of.titleZh, of.titleEn),
    graded: (of: Goods) =>
      gradedTitle(
        locale,
        pick(locale, of.titleZh, of.titleEn),
        words(`grade.${of.grade as keyof Messages["words"]["grade"]}`),
      ),
    count: ({ unit }: Pick<Goods, "unit">, count: number) =>
      coop(unit as keyof Messages["coop"]["quantity"], { count }),
  };
}

/** What the buyer is asked now: what is missing, what is offered, and her yes or no. */
export function SubstituteCards({
  order,
  substitutions,
}: {
  order: Pick<OrderView, "number" | "parcels">;
  substitutions: readonly SubstitutionView[];
}) {
  const t = useTranslations("substitutes.buyer");
  const words = useGoodsWords();
  const open = substitutions.filter(({ state }) => state === "open");
  return open.map((each) => {
    const parcel = order.parcels.find(({ id }) => id === each.parcelId);
    const paid = formatFen(each.missing.fen);
    return (
      <Card key={each.id} title={t("title")} id={`substitute-${each.id}`}>
        <p>
          {t("missing", {
            title: words.title(each.missing),
            quantity: words.count(each.missing, each.missing.units),
            paid,
            coop: parcel
              ? pick(words.locale, parcel.cooperative.nameZh, parcel.cooperative.nameEn)
              : "",
          })}
        </p>
        <Offered substitution={each} />
        {each.isToAnswer ? <p>{t("safe", { paid })}</p> : <Notice>{t("over", { paid })}</Notice>}
        <form
          method="post"
          action={`/orders/${order.number}/substitutions/${each.id}`}
          className="stack"
        >
          {each.isToAnswer && (
            <Button name="answer" value="yes" wide>
              {t("yes")}
            </Button>
          )}
          <Button name="answer" value="no" variant="quiet" wide>
            {t(each.isToAnswer ? "no" : "refund")}
          </Button>
        </form>
      </Card>
    );
  });
}

function Offered({ substitution }: { substitution: SubstitutionView }) {
  const t = useTranslations("substitutes.buyer");
  const photo = useTranslations("substitutes");
  const words = useGoodsWords();
  const { offered, backFen, answerBy } = substitution;
  const title = words.title(offered);
  return (
    <>
      {substitution.photo && (
        <div className="max-w-sm">
          <Picture
            photo={substitution.photo}
            alt={t("photoOf", { title })}
            sizes="(min-width: 30rem) 24rem, 90vw"
            waitingText={photo("photoWaiting")}
          />
        </div>
      )}
      <h3 className="text-lg">
        {words.graded(offered)} · {words.count(offered, offered.quantity)}
      </h3>
      <Facts
        items={[
          [
            t("from"),
            <ul key="from">
              {offered.households.map(({ quantity, ...home }) => (
                <li key={`${home.aliasZh} ${quantity}`}>
                  {t("household", {
                    alias: pick(words.locale, home.aliasZh, home.aliasEn),
                    village: pick(words.locale, home.villageZh, home.villageEn),
                  })}{" "}
                  · {words.count(offered, quantity)}
                </li>
              ))}
            </ul>,
          ],
          [
            t("price"),
            t("priceSum", {
              price: formatFen(offered.unitPriceFen),
              count: offered.quantity,
              sum: formatFen(offered.fen),
            }),
          ],
          [t("back"), backFen > 0 ? formatFen(backFen) : t("backNone")],
        ]}
      />
      <p className="font-bold">{t("until", { until: formatDateTime(answerBy, words.locale) })}</p>
    </>
  );
}

/** How it ended, in the parcel that it was about. */
export function PastSubstitutes({
  substitutions,
  parcelId,
}: {
  substitutions: readonly SubstitutionView[];
  parcelId: string;
}) {
  const t = useTranslations("substitutes.buyer.was");
  const words = useGoodsWords();
  const past = substitutions.filter((each) => each.parcelId === parcelId && each.state !== "open");
  if (past.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 ps-5 text-sm">
      {past.map(({ id, state, missing, offered }) => {
        if (state === "open") return null;
        const from = `${words.title(missing)} ${words.count(missing, missing.units)}`;
        const to = `${words.title(offered)} ${words.count(offered, offered.quantity)}`;
        return <li key={id}>{t(state, { from, to })}</li>;
      })}
    </ul>
  );
}
