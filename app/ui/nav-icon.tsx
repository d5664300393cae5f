// Drawn in strokes on a square of 24, so that they take the colour of the word beside them.
const paths: Partial<Record<string, string>> = {
  home: "M3 11l9-8 9 8v9h-6v-6H9v6H3z",
  search: "M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0zM16 16l5 5",
  cart: "M2 4h3l3 11h10l3-8H6M9 20h.1M17 20h.1",
  orders: "M5 3h14v18l-3-2-4 2-4-2-3 2zM9 8h6M9 12h6",
  account: "M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM4 21c0-9 16-9 16 0",
  farmHome: "M12 21v-9c0-4 3-6 8-6 0 4-3 6-8 6M12 15c0-4-3-6-7-6 0 4 3 6 7 6",
  farmNew: "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0zM12 8v8M8 12h8",
  farmListings: "M3 10h18l-2 10H5zM8 10l3-6M16 10l-3-6",
  farmEarnings: "M7 4l5 7 5-7M12 11v10M8 13h8M8 17h8",
  coopHome: "M4 5h16v15H4zM4 10h16M9 3v4M15 3v4",
  coopParcels: "M3 8l9-5 9 5v9l-9 4-9-4zM3 8l9 4 9-4M12 12v9",
  coopPacking: "M9 6h12M9 12h12M9 18h12M3 6l1 1 2-2M3 12l1 1 2-2M3 18l1 1 2-2",
  coopPayouts: "M3 6h18v12H3zM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  reliefHome:
    "M13 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM2 20c0-8 14-8 14 0M16 4a4 4 0 0 1 0 8M19 14c2 1 3 3 3 6",
  operations: "M4 18a9 9 0 1 1 16 0M12 14l4-5",
};

/** The picture beside a word of the bar; the word says everything, so it is hidden from readers. */
export function NavIcon({ name }: { name: string }) {
  const path = paths[name];
  if (!path) return null;
  return (
    // Its size stands on it too: without its sheet a picture fills the width of a phone.
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
