// Brings the scripts of a page with the first sign of use, and logos as they are needed, so that a
// first visit costs no more than what it sees.
{
  const { modules } = document.currentScript.dataset;
  const signs = ["pointermove", "pointerdown", "keydown", "focusin", "wheel"];
  const shown = new Set();

  // One that was there before stands there again at once.
  const show = (holder) => {
    const { logo } = holder.dataset;
    const image = new Image(56, 56);
    Object.assign(image, { className: "logo", alt: "", loading: shown.has(logo) ? "eager" : "lazy", src: logo });
    shown.add(logo);
    holder.replaceWith(image);
  };
  const waiting = () => document.querySelectorAll("[data-logo]");
  const showAll = () => waiting().forEach(show);
  const inSight = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting && target.isConnected) show(target);
  });

  const bring = () => {
    for (const sign of signs) removeEventListener(sign, bring, true);
    for (const address of modules.trim().split(/\s+/)) import(address);
    inSight.disconnect();
    showAll();
    document.addEventListener("renewed", showAll);
  };

  for (const sign of signs) addEventListener(sign, bring, { capture: true, passive: true });
  for (const holder of waiting()) inSight.observe(holder);

  // Back to a state that htmx left behind, on a page that was loaded anew without it.
  addEventListener("popstate", ({ state }) => {
    if (state?.htmx && !window.htmx) location.reload();
  });
}
