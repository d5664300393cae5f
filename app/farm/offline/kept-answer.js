// What becomes of an offer that the phone keeps (kept-offers.js) when the market has answered, or when
// no answer came.
(() => {
  const MOST_PAUSE = 600; // seconds after which what the market was unable to take is sent again

  /**
   * The offer after an answer (null: none came) to what was sent of it at `revision`. What she
   * changed meanwhile stays hers: sent in its turn, it meets what is published. Only she who has
   * changed something since the first sending that may have arrived is asked which of the two; and of
   * a draft that was taken along also she who has not, for another phone may have published it.
   */
  self.keptAnswer = (kept, revision, answer) => {
    const isSame = kept.revision === revision;
    const { state, listingId, differs, errors, ...why } = answer?.body ?? {};
    const offer = { ...kept, unable: undefined };
    if (state === "published") {
      if (!isSame) return { ...offer, listingId };
      const isTaken = offer.draftVersion !== undefined;
      const isAsked = differs && (isTaken || offer.sentRevision !== revision);
      const told = { ...offer, listingId, errors: {}, updatedAt: Date.now() };
      return isAsked ? { ...told, state: "differs", differs } : { ...told, state };
    }
    // An earlier sending, whose answer was lost, may have arrived all the same.
    const sentRevision = offer.sentRevision === revision ? null : offer.sentRevision;
    if (state === "refused") {
      const refused = { ...offer, sentRevision, errors, photoKey: why.photoKey };
      return isSame ? { ...refused, ...why, state } : refused;
    }
    // The draft it was made of says something else by now; nothing is published.
    if (state === "differs") {
      return { ...offer, sentRevision, ...(isSame && { state, differs, errors: {} }) };
    }
    if (!isSame) return offer;
    if ([401, 403].includes(answer?.status)) return { ...offer, state: "sign-in" };
    // The line was there and the market could not: it is asked again, after ever longer pauses.
    const isUnable = why.unable || answer?.status === 429 || answer?.status >= 500;
    if (!isUnable) return { ...offer, state: "kept" };
    const pause = Math.min(Math.max(2 * (offer.pause ?? 15), answer.wait || 0), MOST_PAUSE);
    const unable = { reason: why.unable ?? "busy", photoKey: why.photoKey };
    return { ...offer, state: "kept", unable, pause, askAt: Date.now() + 1000 * pause };
  };
})();
