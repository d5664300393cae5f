import { useTranslations } from "use-intl";
import type { Consent } from "#app/domain/consents/read-consents.ts";
import { Intro, Question } from "./question.tsx";

/** What the cooperative has listed for her and waits for her word, above her own list. */
export function WaitingConsents({ consents }: { consents: Consent[] }) {
  const t = useTranslations("consent.question");
  const [first] = consents;
  if (!first) return null;
  return (
    <section className="stack" id="consents">
      <h2 className="text-xl">{t("waitingTitle")}</h2>
      {/* A household has one cooperative. */}
      <Intro consent={first} />
      <ul className="stack">
        {consents.map((consent) => (
          <li key={consent.listingId} className="card stack">
            <Question consent={consent} action={`/farm/consents/${consent.listingId}`} />
          </li>
        ))}
      </ul>
    </section>
  );
}
