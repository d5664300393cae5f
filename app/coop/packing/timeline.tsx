import { parcelStatuses } from "#app/domain/parcels/parcel-states.ts";
import type { ReadParcel } from "#app/domain/parcels/read-parcel.ts";
import { formatDateTime } from "#app/ui/format.ts";
import { Steps } from "#app/ui/layout.tsx";
import { useWords } from "./words.ts";

/** The way of a parcel, with when each step was taken. */
export function Timeline({ parcel }: { parcel: ReadParcel }) {
  const words = useWords();
  const way = parcelStatuses.filter((status) => status !== "cancelled");
  // A cancelled parcel went as far as its events say.
  const isCancelled = parcel.status === "cancelled";
  const reached = parcelStatuses.indexOf(parcel.status);
  return (
    <Steps
      steps={way.map((step, index) => {
        const at = parcel.events.find((event) => event.kind === step)?.occurredAt;
        const moment = step === "waiting" ? (at ?? parcel.paidAt) : at;
        return {
          label: words.parcelStatus(step),
          done: isCancelled ? moment !== undefined : index <= reached,
          detail: moment && formatDateTime(moment, words.locale),
        };
      })}
    />
  );
}
