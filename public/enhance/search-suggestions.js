// Offers names from the market while somebody types into a search box: a list below it that arrow
// keys and fingers choose from. Nothing is asked while a Chinese input method is still composing, and
// an older question ends with the next one. Without it the page of results offers the same names.
// The words come from <form role="search" data-suggestions="提示" data-suggestions-count="% 个提示">.
(() => {
  const PAUSE_MS = 200;
  const LONGEST = 40;
  const forms = document.querySelectorAll("form[data-suggestions]");

  forms.forEach((form, at) => {
    const input = form.querySelector('input[name="q"]');
    const list = document.createElement("ul");
    const status = document.createElement("span");
    const id = `suggestions-${at}`;
    let chosen = -1;
    let waiting;
    let asking;

    const set = (element, attributes) => {
      for (const name in attributes) element.setAttribute(name, attributes[name]);
    };
    set(list, { id, role: "listbox", "aria-label": form.dataset.suggestions, class: "suggested" });
    set(status, { role: "status", class: "sr-only" });
    list.hidden = true;
    form.append(list, status);
    // A browser's own list would lie over ours, and a box of the type search may be no combobox.
    input.type = "text";
    set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
    set(input, { "aria-expanded": "false", autocomplete: "off", enterkeyhint: "search" });

    function show(names) {
      list.textContent = "";
      names.forEach((name, index) => {
        const option = document.createElement("li");
        set(option, { id: `${id}-${index}`, role: "option", "aria-selected": "false" });
        option.textContent = name;
        list.append(option);
      });
      list.hidden = names.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = list.hidden
        ? ""
        : form.dataset.suggestionsCount.replace("%", names.length);
      choose(-1);
    }

    function choose(index) {
      chosen = index;
      [...list.children].forEach((option, place) => {
        option.setAttribute("aria-selected", String(place === index));
        if (place === index && option.scrollIntoView) option.scrollIntoView({ block: "nearest" });
      });
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", list.children[index].id);
    }

    function close() {
      clearTimeout(waiting);
      if (asking) asking.abort();
      show([]);
    }

    async function ask() {
      if (asking) asking.abort();
      const text = input.value.trim();
      if (!text || text.length > LONGEST) return show([]);
      const mine = new AbortController();
      asking = mine;
      try {
        const path = `/search/suggestions?q=${encodeURIComponent(text)}`;
        const answer = await fetch(path, { signal: mine.signal });
        const names = answer.ok ? await answer.json() : [];
        if (asking === mine && document.activeElement === input) show(names);
      } catch {
        // No line, or a newer question: what was typed can be sent all the same.
      }
    }

    const askSoon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE_MS);
    };
    const take = (option) => {
      input.value = option.textContent;
      close();
      form.requestSubmit();
    };

    input.addEventListener("input", (event) => {
      if (!event.isComposing) askSoon();
    });
    input.addEventListener("compositionend", askSoon);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      // Keys that an input method hears are its own: Enter there ends a word.
      if (event.isComposing || event.keyCode === 229) return;
      const count = list.children.length;
      if (event.key === "Escape" && count > 0) close();
      else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen]);
      else if (event.key === "ArrowDown" && count > 0) choose(chosen + 1 < count ? chosen + 1 : -1);
      else if (event.key === "ArrowUp" && count > 0) choose(chosen < 0 ? count - 1 : chosen - 1);
      else return;
      event.preventDefault();
    });
    // Else the box would lose the keyboard, and the list be gone before it is touched.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) take(option);
    });
  });
})();
