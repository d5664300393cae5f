/**
 * Whether this can be an order's number at all ("TJ" and 14 digits). Numbers come out of addresses,
 * which may say anything, also what PostgreSQL cannot take as a text.
 */
export function isOrderNumber(text: string): boolean {
  return /^TJ\d{14}$/.test(text);
}
