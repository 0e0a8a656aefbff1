// What is the same on every page, and holds nobody's words. Listens on the document: Gradio replaces the elements with
// every answer.
(() => {
  const showCard = (card) => {
    const section = card.closest(".sources");
    for (const other of document.querySelectorAll(".sources")) other.hidden = other !== section;
    for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
    card.classList.add("chosen");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  };
  const goBack = (answer) => {
    answer.tabIndex = -1;
    answer.focus({ preventScroll: true });
    answer.scrollIntoView({ block: "nearest" });
  };
  const copy = async (words, button) => {
    if (navigator.clipboard) await navigator.clipboard.writeText(words);
    else {  // a page over plain http from another machine
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = words;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.cite, button.back, button.copy");
    const named = button && document.getElementById(button.value);
    if (!named) return event.target.id === "reading" && event.target.close();  // a click beside the dialog
    if (button.matches(".cite")) showCard(named);
    else if (button.matches(".back")) goBack(named);
    else copy(named.textContent, button);
  });
  // Gradio names every message by its markup, which a screen reader would read out: its text is its name.
  new MutationObserver(() => {
    const verdict = document.querySelector("#verdict:not([aria-live])");
    if (verdict) verdict.setAttribute("aria-live", "polite");  // there before anything is told in it
    for (const named of document.querySelectorAll('[data-testid="bot"][aria-label], [data-testid="user"][aria-label]'))
      named.removeAttribute("aria-label");
  }).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });

  window.onrecord = {
    // For a gr.HTML with buttons, as its js_on_load: tells Python which card's article is to be read, or which source
    // is to be watched no more.
    listen(element, trigger) {
      element.addEventListener("click", (event) => {
        const button = event.target.closest("button.read, button.unwatch");
        if (button?.matches(".read"))
          trigger("click", { turn: Number(button.dataset.turn), place: Number(button.dataset.place) });
        else if (button) trigger("click", { named: button.value });
      });
    },
    // The dialog is new, so the page needs a moment to hold it.
    openReading: () => setTimeout(() => {
      const dialog = document.getElementById("reading");
      if (!dialog || dialog.open) return;
      dialog.showModal();
      dialog.querySelector("mark")?.scrollIntoView({ block: "center" });
    }, 60),
  };
})();
