/** Where a household's page is; its address is made of its alias and holds nothing else of it. */
export function householdPath(pageName: string): string {
  return `/households/${encodeURIComponent(pageName)}`;
}
