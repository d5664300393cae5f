// Shows a photo of hers before the market has made its pictures, [data-photo-seen]: as the phone kept
// it small when it was sent (photo-rows.js), else the market's own copy. Without it, a <noscript>
// shows that copy.
(() => {
  for (const place of document.querySelectorAll("[data-photo-seen]")) {
    const { photoSeen, src, alt } = place.dataset;
    const image = document.createElement("img");
    image.alt = alt;
    image.className = "h-auto w-full";
    try {
      image.src = sessionStorage.getItem(`seen:${photoSeen}`) ?? src;
    } catch {
      image.src = src; // a browser that keeps nothing
    }
    place.textContent = "";
    place.append(image);
  }
})();
