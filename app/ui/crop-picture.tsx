/** One file a group; built names carry a hash, so a phone keeps them for good. */
const files = import.meta.glob<string>("./crop-pictures/*.svg", {
  eager: true,
  query: "?url",
  import: "default",
});

/** The picture of a crop, drawn for its group; without words, for the name stands beside it. */
export function CropPicture({ group, code }: { group: string; code: string }) {
  const file = files[`./crop-pictures/${group}.svg`];
  // Fetched once it comes into view: a group that stays closed costs nothing.
  return file && <img src={`${file}#${code}`} alt="" width="56" height="56" loading="lazy" />;
}
