import { csvFile } from "#app/domain/sheets/csv-file.ts";
import type { ListedParcel } from "../list-parcels.ts";

/** Chinese in every language of the site: a carrier reads it. */
const header = ["订单号", "收件人", "电话", "地址", "货品", "重量（克）", "快递公司", "快递单号"];

/** What is in the box: of what is short altogether there is nothing. */
const goodsOf = (lines: ListedParcel["lines"]) =>
  lines.flatMap(({ titleZh, toSend }) => (toSend > 0 ? [`${titleZh} × ${toSend}`] : [])).join("；");

/**
 * Parcels as a CSV table for a carrier's program, with two columns to be filled in and sent back
 * (read-tracking.ts reads it).
 */
export function parcelsFile(parcels: readonly ListedParcel[]): string {
  const rows = parcels.map(({ orderNumber, shipTo, lines, weightGrams, ...sent }) => [
    ...[orderNumber, shipTo.recipient, shipTo.phone, `${shipTo.regionZh} ${shipTo.street}`],
    goodsOf(lines),
    ...[String(weightGrams), sent.carrier ?? "", sent.trackingNumber ?? ""],
  ]);
  return csvFile([header, ...rows]);
}
