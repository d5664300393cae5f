import type { LoaderFunctionArgs } from "@remix-run/server-runtime";
import { shanghaiDay } from "#app/domain/calendar/day-rule.ts";
import { readRun } from "#app/domain/cycles/read-run.ts";
import type { ValueKind } from "#app/domain/reports/report-sheet.ts";
import type { Locale } from "#app/i18n/locale.ts";
import { pick } from "#app/i18n/locale.ts";
import { minuteWords } from "#app/i18n/meeting-words.ts";
import { translator } from "#app/i18n/translate.ts";
import { unitWords } from "#app/i18n/unit-words.ts";
import { sendSheets } from "../reports/send-sheets.ts";
import { ownCycle } from "./own-cycle.ts";

const COLUMNS = [
  ...["village", "household", "alias", "what", "grade", "unit", "quantity", "grams"],
  ...["day", "from", "until", "place", "told"],
] as const;

const KINDS: Partial<Record<string, ValueKind>> = { quantity: "count", grams: "grams" };

type Villages = NonNullable<Awaited<ReturnType<typeof readRun>>>;

/** A line for each product of each household, as it is read on paper. */
function linesOf(villages: Villages, locale: Locale): (string | number)[][] {
  const words = translator(locale, "words");
  const unit = unitWords((name) => words(`unit.${name}`), locale);
  return villages.flatMap(({ villageZh, villageEn, meeting, households }) =>
    households.flatMap((home) =>
      home.goods.map((goods) => [
        ...[pick(locale, villageZh, villageEn), home.headName ?? ""],
        ...[pick(locale, home.aliasZh, home.aliasEn), pick(locale, goods.titleZh, goods.titleEn)],
        ...[words(`grade.${goods.grade as "first"}`), unit(goods.unit, goods.unitGrams)],
        ...[goods.quantity, goods.grams, meeting?.collectsOn ?? ""],
        ...[meeting ? minuteWords(meeting.fromMinute) : ""],
        ...[meeting ? minuteWords(meeting.untilMinute) : "", meeting?.place ?? ""],
        home.toldAt ? new Date(home.toldAt).toISOString() : "",
      ]),
    ),
  );
}

/** The run as a file. */
export async function loader(args: LoaderFunctionArgs) {
  const { scope, cycle } = await ownCycle(args, "pack");
  const { locale, db } = args.context;
  const t = translator(locale, "cycles");
  const villages = (await readRun(db, scope, cycle.id)) ?? [];
  const columns = COLUMNS.map((name) => ({
    label: t(`csv.${name as "village"}`),
    kind: KINDS[name] ?? "text",
  }));
  const sheet = { title: t("run.title"), columns, rows: linesOf(villages, locale), sum: null };
  return sendSheets([sheet], `collection-${shanghaiDay(cycle.closesAt)}`, "csv");
}
