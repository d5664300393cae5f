import { parcelStatuses } from "#app/domain/parcels/parcel-states.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Steps } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

/** The way of a parcel, with when each step was taken. */
export function Timeline({ parcel }: { parcel: ReadParcel }) {
  const words = useWords();
  const isCancelled = parcel.status === "cancelled";
  const reached = parcelStatuses.indexOf(parcel.status);
  const steps = parcelStatuses.map((step, index) => {
    const at = parcel.events.find((event) => event.kind === step)?.occurredAt;
    const moment = step === "waiting" ? (at ?? parcel.paidAt) : at;
    return {
      step,
      label: words.parcelStatus(step),
      done: index <= reached && (!isCancelled || moment !== undefined),
      detail: moment && formatDateTime(moment, words.locale),
    };
  });
  // A cancelled parcel went as far as its events say, and goes no further.
  const shown = steps.filter(({ step, done }) =>
    isCancelled ? done || step === "cancelled" : step !== "cancelled",
  );
  return <Steps steps={shown.map((each) => ({ ...each, done: each.done || isCancelled }))} />;
}
