/** Each group has one crop for what no crop of it is: "other-fruit". */
const OTHER = "other-";

/**
 * Whether a crop says only of what kind a thing is. What is listed under it is called what its farmer
 * calls it, and has no price in common with its neighbours. Pure.
 */
export const isOtherCrop = (code: string): boolean => code.startsWith(OTHER);
