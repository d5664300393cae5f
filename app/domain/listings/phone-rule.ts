/** A mainland mobile number, however it is grouped: "+86 138-0000 0000", "１３８ ００００ ００００". */
const PHONE = /(?<!\d)(?:86[\s\p{Pd}]*)?1(?:[\s\p{Pd}]*\d){10}(?!\d)/u;

/** A number in a title is read by everybody, and leads to trade that nothing protects. */
export function hasPhone(text: string): boolean {
  return PHONE.test(text.normalize("NFKC"));
}
