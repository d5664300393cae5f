// What she sees of the photos that photo-upload.js sends, row by row, and what a tap on "next" or
// "save" does meanwhile. It waits for the photos that are on their way, and is carried out when they
// are there; but for none that the market cannot take now, nor for one that does not get through
// again and again though the phone has a signal: of these she is told, and the next tap goes on
// without them.
(() => {
  const SEEN_PIXELS = 360;
  const STUCK_MS = 8000; // the pause after five cuts in a row

  const button = (text, onTap) => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn btn-quiet", textContent: text });
    made.addEventListener("click", onTap);
    return made;
  };

  window.photoRows = (form, input, photos, { words, isDraft, isChoosing }) => {
    const list = document.createElement("ul");
    list.className = "photo-uploads";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    input.after(list, status);
    const say = (text) => {
      status.textContent = text;
    };

    const show = (photo, state, text = words[state]) => {
      photo.state = state;
      photo.item.dataset.state = state;
      const percent = Math.floor((100 * photo.sent) / photo.file.size);
      photo.text.textContent = text.replace("{percent}", percent);
      photo.bar.value = state === "there" ? 1 : photo.sent / photo.file.size;
      photo.bar.hidden = state === "refused";
      photo.signIn.hidden = state !== "signedOut";
      photo.again.hidden = !/later|ended|signedOut/.test(state);
    };

    const draw = (photo, { onAgain, onRemove }) => {
      photo.item = document.createElement("li");
      photo.text = document.createElement("span");
      photo.bar = document.createElement("progress");
      const image = document.createElement("img");
      image.onerror = () => {
        image.hidden = true; // no picture, or one that this phone cannot draw
      };
      image.src = URL.createObjectURL(photo.file);
      image.alt = words.photo.replace("{number}", photo.number);
      photo.bar.setAttribute("aria-label", image.alt);
      photo.again = button(words.again, onAgain);
      const takeOut = button(words.remove.replace("{number}", photo.number), onRemove);
      photo.signIn = document.createElement("a"); // back to this page, which finds what the phone keeps
      photo.signIn.className = "btn";
      photo.signIn.textContent = words.signIn;
      photo.signIn.href = `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`;
      const beside = document.createElement("div");
      beside.append(photo.text, photo.bar, photo.signIn, photo.again, takeOut);
      photo.item.append(image, beside);
      list.append(photo.item);
      show(photo, "waiting");
    };

    /** Keeps it small for the page on which she checks what she publishes (photo-seen.js). */
    const keepSeen = (photo, photoId) => {
      try {
        const image = photo.item.querySelector("img");
        const scale = Math.min(1, SEEN_PIXELS / image.naturalWidth);
        const canvas = document.createElement("canvas");
        canvas.width = scale * image.naturalWidth;
        canvas.height = scale * image.naturalHeight;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        if (canvas.width)
          sessionStorage.setItem(`seen:${photoId}`, canvas.toDataURL("image/jpeg", 0.7));
      } catch {} // a browser that keeps nothing asks the market for it
    };

    const later = document.createElement("input");
    Object.assign(later, { type: "hidden", name: "photosLater", value: "1", disabled: true });
    if (isDraft) form.append(later);
    let isHeld = false;
    const isStuck = ({ state, wait }) =>
      state === "stopped" && navigator.onLine && wait >= STUCK_MS;
    // What waits behind one that is stuck is stuck as well.
    const isOnItsWay = ({ state, isTold }) =>
      !isTold && (photos.some(isStuck) ? /sending/ : /waiting|sending|stopped/).test(state);
    const isBusy = () => isChoosing() || photos.some(isOnItsWay);
    const isLeft = ({ state, isTold }) => !isTold && /later|ended|stopped|waiting/.test(state);

    form.addEventListener("submit", async (event) => {
      if (isBusy()) {
        event.preventDefault();
        say(words.hold);
        if (isHeld) return;
        isHeld = true;
        while (isBusy()) await new Promise((done) => setTimeout(done, 200));
        isHeld = false;
        return form.requestSubmit(event.submitter || null);
      }
      const left = photos.filter(isLeft);
      // A draft goes on to its next page even where this was its only photo.
      later.disabled = !photos.some(({ isTold, state }) => isTold && !/there|gone|ref/.test(state));
      if (left.length === 0) return;
      event.preventDefault();
      for (const photo of left) photo.isTold = true;
      const names = left.map(({ number }) => words.photo.replace("{number}", number));
      say(words.without.replace("{photos}", names.join(words.and)));
      left[0].item.scrollIntoView({ block: "center" });
    });

    return { show, say, draw, keepSeen };
  };
})();
