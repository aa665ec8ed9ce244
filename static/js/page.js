// Brings the scripts of a page with the first sign of use, so that a first visit costs none of them.
{
  const { modules } = document.currentScript.dataset;
  const signs = ["pointermove", "pointerdown", "keydown", "focusin"];

  const bring = () => {
    for (const sign of signs) removeEventListener(sign, bring, true);
    for (const address of modules.trim().split(/\s+/)) import(address);
  };

  for (const sign of signs) addEventListener(sign, bring, { capture: true, passive: true });

  // Back to a state that htmx left behind, on a page that was loaded anew without it.
  addEventListener("popstate", ({ state }) => {
    if (state?.htmx && !window.htmx) location.reload();
  });
}
