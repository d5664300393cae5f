/**
 * When a listing that is sold in cycles is for sale: in the cycle that is open, or in the next one;
 * moments as ISO text, null where none is planned. A listing that is sold at any time has no window.
 */
export type SaleWindow = {
  isOpen: boolean;
  opensAt: string | null;
  closesAt: string | null;
  /** The day from which what is ordered in it is sent. */
  shipsOn: string | null;
};

/** Whether nothing but a closed window keeps a listing from being sold. Pure. */
export const isShut = (window: SaleWindow | null): boolean => window !== null && !window.isOpen;

/**
 * From which day what is ordered is sent: the cycle's day, in which it is or will be sold, before
 * the day of the listing's own pre-sale, which is never later. Pure.
 */
export const shippingDay = (window: SaleWindow | null, shipsFrom: string | null): string | null =>
  window?.shipsOn ?? shipsFrom;
