/* The console works without this: it says when a list has news or could not be brought up to date, and prints. */
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-console-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  const stale = document.querySelector("[data-live-stale]");
  const news = document.querySelector("[data-live-news]");
  if (!stale) return;

  const outOfDate = () => {
    stale.textContent = stale.dataset.sentence;
    stale.hidden = false;
  };
  document.body.addEventListener("htmx:sendError", outOfDate);
  document.body.addEventListener("htmx:responseError", outOfDate);
  document.body.addEventListener("htmx:timeout", outOfDate);
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) stale.hidden = true;
  });
  if (!news) return;

  const ids = () => new Set([...document.querySelectorAll(news.dataset.liveNews)].map((link) => link.id));
  let known = ids();
  document.body.addEventListener("htmx:afterSettle", () => {
    const now = ids();
    news.textContent = [...now].some((id) => !known.has(id)) ? news.dataset.new : "";
    known = now;
  });
})();
