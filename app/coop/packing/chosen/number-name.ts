/** The field of one parcel's tracking number. */
export const numberName = (parcelId: string) => `number-${parcelId}`;
