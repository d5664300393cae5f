import type { ClaimView } from "#app/domain/claims/read-claim.ts";
import { formatFen } from "#app/ui/format.ts";
import { Card } from "#app/ui/layout.tsx";
import { SpoiledPie } from "./spoiled-pie.tsx";
import { useClaimWords } from "./use-claim-words.ts";

/** What is spoiled, with its photos under `photos`: an address of this page's own, which checks who asks. */
export function ClaimGoods({ claim, photos }: { claim: ClaimView; photos: string }) {
  const words = useClaimWords();
  const { t } = words;
  return (
    <Card title={t("page.goods")}>
      <ul className="divide-y divide-line">
        {claim.lines.map((line) => (
          <li key={line.orderLineId} className="flex items-center gap-3 py-2">
            <SpoiledPie percent={line.percent} />
            <span>
              <strong className="block">
                {words.title(line)} × {line.quantity}
              </strong>
              {t("page.shareOf", {
                share: words.percent(line.percent),
                fen: formatFen(line.askedFen),
              })}
            </span>
          </li>
        ))}
      </ul>
      {claim.words !== "" && (
        <div>
          <p className="text-sm text-earth">{t("page.words")}</p>
          <p className="[overflow-wrap:anywhere] whitespace-pre-line">{claim.words}</p>
        </div>
      )}
      <ul className="grid grid-cols-3 gap-2" aria-label={t("page.photos")}>
        {claim.photos.map((photo, index) => (
          <li key={photo.id}>
            <a className="thumb" href={`${photos}/${photo.id}`}>
              <img
                src={`${photos}/${photo.id}`}
                alt={t("page.photo", { number: index + 1 })}
                width={photo.width}
                height={photo.height}
                loading="lazy"
                decoding="async"
              />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
