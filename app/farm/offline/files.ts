import keptAnswer from "./kept-answer.js?url&no-inline";
import keptCheck from "./kept-check.js?url&no-inline";
import keptDiffers from "./kept-differs.js?url&no-inline";
import keptDoubt from "./kept-doubt.js?url&no-inline";
import keptErrors from "./kept-errors.js?url&no-inline";
import keptList from "./kept-list.js?url&no-inline";
import keptOffers from "./kept-offers.js?url&no-inline";
import keptPhotos from "./kept-photos.js?url&no-inline";
import keptStore from "./kept-store.js?url&no-inline";
import noSignal from "./no-signal.js?url&no-inline";
import offlineListing from "./offline-listing.js?url&no-inline";
import takeDraft from "./take-draft.js?url&no-inline";
import waitingPhotos from "./waiting-photos.js?url&no-inline";

/** Built with a hash in the name: a new build's worker keeps new files, never half of each. */
export const scripts = {
  ...{ keptStore, keptPhotos, keptAnswer, keptOffers, keptDiffers, keptList, keptCheck, keptDoubt },
  ...{ noSignal, keptErrors, offlineListing, takeDraft, waitingPhotos },
};

/** What sends what the phone keeps, each after what it needs: in pages and in the service worker. */
export const sending = [keptStore, keptPhotos, keptAnswer, keptOffers];

/** The pictures of the crops, one file a group. */
export const pictures = Object.values(
  import.meta.glob<string>("../../ui/crop-pictures/*.svg", {
    eager: true,
    query: "?url",
    import: "default",
  }),
);
