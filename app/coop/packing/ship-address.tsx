import type { ShipTo } from "#app/domain/parcels/ship-to.ts";
import { useWords } from "./words.ts";

/**
 * Where a parcel goes: in Chinese, which the carrier reads, and for a manager who reads English the
 * regions in English too.
 */
export function ShipAddress({ to }: { to: ShipTo }) {
  const { locale } = useWords();
  return (
    <>
      <span lang="zh-CN">{to.regionZh}</span> {to.street}
      {locale === "en" && <span className="hint block">{to.regionEn}</span>}
    </>
  );
}
