// Convenience only: the page works without it. Pointing at a fact, or moving to it with the keyboard, previews its passages.
(() => {
  const preview = (link, on) => {
    const name = link.hash.slice(1);
    const section = link.closest(".document");
    if (!name || !section) return;
    for (const segment of section.querySelectorAll(`[class*="${CSS.escape(name)}-"]`))
      if ([...segment.classList].some((each) => each.startsWith(name + "-"))) segment.classList.toggle("previewed", on);
  };
  for (const link of document.querySelectorAll("a.go")) {
    for (const [event, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]])
      link.addEventListener(event, () => preview(link, on));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash) location.hash = "";
  });
})();
