// Previews the photos of <input type="file" data-photo-picker multiple> and shrinks them in the
// phone, so that a form over a thin line sends some 200 kB a photo and no GPS position. Without it,
// or where anything here fails, the form sends the files as they were chosen.
// Words come from the page: data-limit-text ("at most 6"), data-busy-text, data-photo-text ("Photo").
(() => {
  const LIMIT = 6;
  const LONGEST = 1600;
  const PREVIEW = 160;
  if (!window.createImageBitmap || !window.DataTransfer) return;

  const draw = (image, longest) => {
    const scale = Math.min(1, longest / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG has no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  const toJpeg = (canvas) => new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));

  const shrink = async (file) => {
    try {
      const image = await createImageBitmap(file, { imageOrientation: "from-image" });
      const canvas = draw(image, LONGEST);
      image.close();
      const blob = await toJpeg(canvas);
      const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
      const small =
        blob && blob.size < file.size ? new File([blob], name, { type: "image/jpeg" }) : file;
      return { file: small, preview: draw(canvas, PREVIEW) };
    } catch {
      return { file, preview: null }; // the server says what is wrong with it
    }
  };

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
