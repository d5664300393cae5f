/** The field in which a form says on whose page it stands. Apart, because pages are built for browsers too. */
export const HOUSEHOLD_FIELD = "household";
