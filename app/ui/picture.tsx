/** A photo as the domain's reads give it; this component knows nothing else about photos. */
export interface PicturePhoto {
  state: "waiting" | "ready" | "refused";
  width: number | null;
  height: number | null;
  placeholder: string | null;
  variants: { name: string; format: "avif" | "jpeg"; width: number }[];
}

interface PictureProps {
  photo: PicturePhoto | null | undefined;
  alt: string;
  /** The width it is shown at, as in `<img sizes>`: "(min-width: 48rem) 20rem, 50vw". */
  sizes: string;
  /** Words of the block that stands in while the photo is made, or when there is none. */
  waitingText: string;
  /** For the one picture that is the largest on the first screen. */
  eager?: boolean;
  className?: string;
}

const FALLBACK_RATIO = { width: 4, height: 3 };

/** A photo in the size the screen needs, its place kept from the first paint on. */
export function Picture({ photo, alt, sizes, waitingText, eager, className = "" }: PictureProps) {
  const jpeg = photo?.variants.find((variant) => variant.format === "jpeg");
  const { width, height } =
    photo?.width && photo.height ? { width: photo.width, height: photo.height } : FALLBACK_RATIO;
  if (photo?.state !== "ready" || !jpeg) {
    return (
      <div
        className={`grid place-items-center bg-straw p-2 text-center text-earth break-words ${className}`}
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        {waitingText}
      </div>
    );
  }
  const avif = photo.variants.filter((variant) => variant.format === "avif");
  return (
    <picture>
      <source
        type="image/avif"
        srcSet={avif.map((each) => `${photoUrl(each.name)} ${each.width}w`).join(", ")}
        sizes={sizes}
      />
      <img
        src={photoUrl(jpeg.name)}
        alt={alt}
        width={width}
        height={height}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        // React 18 knows this attribute only in lower case.
        {...(eager ? { fetchpriority: "high" } : {})}
        className={`h-auto w-full bg-cover bg-center ${className}`}
        style={photo.placeholder ? { backgroundImage: `url("${photo.placeholder}")` } : undefined}
      />
    </picture>
  );
}

export function photoUrl(name: string): string {
  return `/photos/${name}`;
}
