import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Picture, type PicturePhoto } from "./picture.tsx";

const ready: PicturePhoto = {
  state: "ready",
  width: 960,
  height: 1280,
  placeholder: "data:image/webp;base64,AAAA",
  variants: [
    { name: "a-320.avif", format: "avif", width: 320 },
    { name: "a-640.avif", format: "avif", width: 640 },
    { name: "a-1280.avif", format: "avif", width: 960 },
    { name: "a-640.jpg", format: "jpeg", width: 640 },
  ],
};
const words = { alt: "Apples", sizes: "50vw", waitingText: "照片处理中" };

test("a ready photo offers every width, keeps its place and waits until it is near", () => {
  const html = renderToStaticMarkup(<Picture photo={ready} {...words} />);
  expect(html).toContain(
    'srcSet="/photos/a-320.avif 320w, /photos/a-640.avif 640w, /photos/a-1280.avif 960w"',
  );
  expect(html).toContain('src="/photos/a-640.jpg" alt="Apples" width="960" height="1280"');
  expect(html).toContain('loading="lazy"');
  expect(html).toContain("data:image/webp;base64,AAAA");
  expect(html).not.toContain("照片处理中");
});

test("the first photo of a screen is fetched at once", () => {
  const html = renderToStaticMarkup(<Picture photo={ready} {...words} eager />);
  expect(html).toContain('loading="eager"');
  expect(html).toContain('fetchpriority="high"');
});

test.each<[string, PicturePhoto | null, string]>([
  ["one that is being made", { ...ready, state: "waiting", variants: [] }, "960 / 1280"],
  ["none at all", null, "4 / 3"],
])("the words stand in for %s, in its shape", (_name, photo, shape) => {
  const html = renderToStaticMarkup(<Picture photo={photo} {...words} />);
  expect(html).toContain("照片处理中");
  expect(html).toContain(`aspect-ratio:${shape}`);
  expect(html).not.toContain("<img");
});
