export const INVITATION_DAYS = 14;
/** More open at once is no cooperative's, and each costs a text message. */
export const MOST_INVITATIONS = 30;
export const LONGEST_NAME = 40;
