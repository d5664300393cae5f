/** What the Enter key sends in a form with a crop search: which field it was in, nobody is told. */
export const ENTER_FINDS_CROP = { name: "findCrop", value: "enter" };

/** Whether a form was sent to find a crop: by the search's button, or by Enter with new words. */
export function isFindingCrop(form: FormData): boolean {
  const pressed = form.get("findCrop");
  const hasNewWords = form.get("cropSearch") !== form.get("cropsFoundFor");
  return pressed === ENTER_FINDS_CROP.value ? hasNewWords : pressed !== null;
}
