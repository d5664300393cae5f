import { useLocale, useTranslations } from "use-intl";
import type { CartLine } from "#app/domain/carts/read-cart.ts";
import type { ErrorKey, FormValues } from "#app/forms/read-form.ts";
import { pick } from "#app/i18n/locale.ts";
import { Button } from "#app/ui/button.tsx";
import { Money } from "#app/ui/money.tsx";
import { Picture } from "#app/ui/picture.tsx";
import { ShipsFrom } from "#app/ui/ships-from.tsx";
import { LineProblems } from "./line-problems.tsx";

type Refused = { values: FormValues; error?: ErrorKey };

/** One listing in the cart: what it is, what is wrong with it, how many, and out with it. */
export function CartLineItem({ line, refused }: { line: CartLine; refused?: Refused }) {
  const t = useTranslations("shop.cart");
  const words = useTranslations("words");
  const locale = useLocale();
  const title = pick(locale, line.titleZh, line.titleEn);
  return (
    <li className="stack py-4 first:pt-0 last:pb-0" id={`line-${line.listingId}`}>
      <div className="flex gap-3">
        <div className="w-24 max-w-[30%] shrink-0">
          <Picture
            photo={line.photo}
            alt=""
            sizes="6rem"
            waitingText={t("noPhoto")}
            className="rounded-lg text-sm"
          />
        </div>
        <div className="min-w-0">
          <h3>
            <a
              href={`/produce/${line.listingId}`}
              className="inline-flex min-h-11 min-w-11 items-center"
            >
              {title}
            </a>
          </h3>
          <p className="text-sm text-earth">{pick(locale, line.villageZh, line.villageEn)}</p>
          <p>
            <span className="price">
              <Money fen={line.priceFen} />
            </span>{" "}
            / {words(`unit.${line.unit}`)}
          </p>
          <ShipsFrom day={line.shipsFrom} />
        </div>
      </div>
      <LineProblems line={line} />
      <LineForm line={line} title={title} refused={refused} />
    </li>
  );
}

function LineForm({ line, title, refused }: { line: CartLine; title: string; refused?: Refused }) {
  const t = useTranslations("shop.cart");
  const errors = useTranslations("errors");
  const id = `quantity-${line.listingId}`;
  const isGone = line.problems.some((problem) =>
    ["unavailable", "paused", "shut", "sold-out"].includes(problem),
  );
  const remove = (
    <button
      type="submit"
      className="plain"
      name="remove"
      value="1"
      aria-label={t("removeThis", { title })}
    >
      {t("remove")}
    </button>
  );
  return (
    <form method="post" action={`/cart#line-${line.listingId}`}>
      <input type="hidden" name="listingId" value={line.listingId} />
      {isGone ? (
        remove
      ) : (
        <>
          <label className="sr-only" htmlFor={id}>
            {t("quantityOf", { title })}
          </label>
          <div className="flex flex-wrap items-center justify-between gap-x-1">
            <div className="count">
              <Button variant="quiet" aria-label={t("changeThis", { title })}>
                {t("change")}
              </Button>
              <Step to={line.quantity - 1} label={t("fewer", { title })} sign="−" least={1} />
              <input
                id={id}
                name="quantity"
                className="input"
                inputMode="numeric"
                defaultValue={refused?.values.quantity ?? line.quantity}
                aria-invalid={refused?.error ? true : undefined}
                aria-describedby={refused?.error ? `${id}-error ${id}-left` : `${id}-left`}
              />
              <Step to={line.quantity + 1} label={t("more", { title })} sign="+" most={line.most} />
            </div>
            {remove}
          </div>
          {refused?.error && (
            <p className="error" id={`${id}-error`} role="alert">
              {errors(refused.error)}
            </p>
          )}
          <p className="mt-1 flex items-baseline justify-between gap-4">
            <span className="hint" id={`${id}-left`}>
              {line.limit === null
                ? t("left", { count: line.available })
                : t("leftMost", { count: line.available, most: line.limit })}
            </span>
            <span className="font-bold">
              <Money fen={line.priceFen * line.quantity} />
            </span>
          </p>
        </>
      )}
    </form>
  );
}

type StepProps = { to: number; label: string; sign: string; least?: number; most?: number };

/** One more or one fewer, as a button of the form: it needs no script, and twice is once. */
function Step({ to, label, sign, least = 0, most = 999 }: StepProps) {
  const isOut = to < least || to > most;
  return (
    <Button variant="quiet" name="step" value={to} aria-label={label} disabled={isOut}>
      {sign}
    </Button>
  );
}
