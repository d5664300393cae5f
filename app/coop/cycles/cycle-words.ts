import { useLocale, useTranslations } from "use-intl";
import { type CycleState, cycleState } from "#app/domain/cycles/cycle-rules.ts";
import { meetingWords } from "#app/i18n/meeting-words.ts";
import { formatDate, formatDateTime } from "#app/ui/format.ts";
import type { Tone } from "#app/ui/layout.tsx";

type Times = {
  opensAt: Date | string;
  closesAt: Date | string;
  calledOffAt: Date | string | null;
};

const tones: Record<CycleState, Tone> = {
  planned: "earth",
  open: "leaf",
  closed: "persimmon",
  "called-off": "red",
};

/** How the pages of cycles call things, in the reader's language. */
export function useCycleWords() {
  const t = useTranslations("cycles");
  const locale = useLocale();
  const at = (moment: Date | string) => formatDateTime(moment, locale);
  return {
    locale,
    at,
    day: (day: string) => formatDate(day, locale),
    meeting: (of: { collectsOn: string; fromMinute: number; untilMinute: number }) =>
      meetingWords(of, locale),
    window: ({ opensAt, closesAt }: Pick<Times, "opensAt" | "closesAt">) =>
      t("window", { opens: at(opensAt), closes: at(closesAt) }),
    state: (of: Times, now: Date | string) => {
      const state = cycleState(
        {
          ...{ opensAt: new Date(of.opensAt), closesAt: new Date(of.closesAt) },
          calledOffAt: of.calledOffAt ? new Date(of.calledOffAt) : null,
        },
        new Date(now),
      );
      return { state, tone: tones[state], word: t(`state.${state}`) };
    },
  };
}
