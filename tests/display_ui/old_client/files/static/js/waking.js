// @ts-check
/*
 * A page whose load was cut (the server died between its files) would stay blank for good: its modules never run. This
 * small classic script runs before them, and loads the page anew when they have not begun and the server answers again.
 */
(() => {
  const LOOK_AFTER_MS = 15000;

  function look() {
    if (document.documentElement.dataset.started || !document.querySelector('script[type="module"]')) return;
    fetch("/healthz", { cache: "no-store" }).then((answer) => (answer.ok ? location.reload() : again()), again);
  }

  function again() {
    setTimeout(look, LOOK_AFTER_MS);
  }

  again();
})();
