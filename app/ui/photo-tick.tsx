import type { ReactNode } from "react";

/** One photo of a list (.photo-ticks), with the tick by which a form keeps it (`photoId`). */
export function PhotoTick({
  photoId,
  picture,
  label,
  isOut = false,
  saysShown = false,
  children,
}: {
  photoId: string;
  picture: ReactNode;
  label: string;
  /** It comes without a tick: kept only where somebody ticks it. */
  isOut?: boolean;
  /** The form says that it has shown it (`shownPhotoId`): what was not shown cannot have been left out. */
  saysShown?: boolean;
  /** What else is asked about it. */
  children?: ReactNode;
}) {
  return (
    <li>
      <label>
        <span className="thumb">{picture}</span>
        <span className="photo-tick">
          {saysShown && <input type="hidden" name="shownPhotoId" value={photoId} />}
          <input
            type="checkbox"
            name="photoId"
            value={photoId}
            defaultChecked={!isOut}
            className="size-6 shrink-0"
          />
          {label}
        </span>
      </label>
      {children}
    </li>
  );
}
