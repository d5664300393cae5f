import { useTranslations } from "use-intl";
import { barsOf } from "#app/domain/parcels/parcel-number-rule.ts";
import { BarCode } from "../intake/bar-code.tsx";
import { useWords } from "../packing/words.ts";
import type { Label } from "./read-labels.ts";
import { TraceCode } from "./trace-code.tsx";

/** As many kinds of produce as fit beside the code; the rest is counted. */
const MOST_LINES = 5;

/**
 * What is stuck on a box: whose it is, as far as it takes to find the carrier's own paper for it,
 * what is in it, and the code that tells where it grew. No price: it may be a present. Of the phone
 * only the end: a box stands in many hallways.
 */
export function ParcelLabel({ label }: { label: Label }) {
  const t = useTranslations("trace.label");
  const words = useWords();
  const { shipTo, lines } = label;
  const more = lines.length - MOST_LINES;
  return (
    <article className="label-sheet">
      <div className="label-head">
        <strong>{words.cooperative(label.cooperative)}</strong>
        <span>{label.orderNumber}</span>
      </div>
      <div>
        <p className="label-name">
          {t("to")} <strong>{shipTo.recipient}</strong>
        </p>
        <p>
          {t("phone")} <strong>{shipTo.phone.slice(-4)}</strong>
        </p>
        <p>
          <span lang="zh-CN">{shipTo.regionZh}</span> {shipTo.street}
        </p>
      </div>
      <div className="label-lines">
        {label.parts > 1 && <p>{t("part", { part: label.part, parts: label.parts })}</p>}
        <p className="label-weight">
          <span>{t("inside")}</span>
          <span>
            {t("weight")} {words.grams(label.weightGrams)}
          </span>
        </p>
        <ul>
          {lines.slice(0, MOST_LINES).map((line) => (
            <li key={line.id}>
              <span>{words.graded(line)}</span>{" "}
              <strong>{words.quantity({ ...line, quantity: line.toSend })}</strong>
            </li>
          ))}
        </ul>
        {more > 0 && <p>{t("and", { count: more })}</p>}
      </div>
      <BarCode
        digits={barsOf(label.orderNumber)}
        label={t("bars", { number: label.orderNumber })}
      />
      <div className="label-foot">
        <TraceCode url={label.traceUrl} />
        <p>
          <strong>{t("scan")}</strong>
          <span className="label-url">{label.traceUrl.replace(/^https?:\/\//, "")}</span>
        </p>
      </div>
    </article>
  );
}
