/**
 * Whether a form was sent to find a crop. Enter in any field presses the first button, which is
 * that one: only new words are a search.
 */
export function isFindingCrop(form: FormData): boolean {
  return form.has("findCrop") && form.get("cropSearch") !== form.get("cropsFoundFor");
}
