// Previews the photos of <input type="file" data-photo-picker multiple> and shrinks them in the
// phone (photo-shrink.js), so that a form over a thin line sends little. Without it, or where
// anything here fails, the form sends the files as they were chosen.
// Words come from the page: data-limit-text ("at most 6"), data-busy-text, data-photo-text ("Photo").
(() => {
  const LIMIT = 6;
  const shrink = window.shrinkPhoto;
  if (!shrink || !window.DataTransfer) return;

  const enhance = (input) => {
    const list = document.createElement("ul");
    list.className = "photo-previews";
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    input.after(list, status);
    let work = null; // the newest choice being shrunk
    let isWaiting = false;

    const show = (preview, file, number) => {
      const item = document.createElement("li");
      const words = `${input.dataset.photoText || ""} ${number}`.trim();
      if (preview) {
        preview.setAttribute("role", "img");
        preview.setAttribute("aria-label", words);
        item.append(preview);
      } else item.textContent = `${words}: ${file.name}`;
      list.append(item);
    };

    const choose = async (chosen, isNewest) => {
      const kept = chosen.slice(0, LIMIT);
      const smaller = new DataTransfer();
      list.replaceChildren();
      status.textContent = input.dataset.busyText || "";
      for (const [index, file] of kept.entries()) {
        const result = await shrink(file); // one by one: a cheap phone holds one photo in memory
        if (!isNewest()) return;
        smaller.items.add(result.file);
        show(result.preview, file, index + 1);
      }
      input.files = smaller.files;
      status.textContent = chosen.length > LIMIT ? input.dataset.limitText || "" : "";
    };

    input.addEventListener("change", () => {
      const mine = choose([...input.files], () => work === mine)
        .catch(() => {
          status.textContent = "";
        })
        .then(() => {
          if (work === mine) work = null;
        });
      work = mine;
    });

    // A tap on "send" while photos shrink is kept and carried out when they are small.
    input.form?.addEventListener("submit", async (event) => {
      if (!work) return;
      event.preventDefault();
      if (isWaiting) return;
      isWaiting = true;
      while (work) await work;
      isWaiting = false;
      input.form.requestSubmit(event.submitter);
    });
  };

  for (const input of document.querySelectorAll("input[type=file][data-photo-picker]")) {
    enhance(input);
  }
})();
