/* Runs before the first paint, so that a chosen theme does not flash: auto follows the system. */
(() => {
  let theme = null;
  try { theme = localStorage.getItem('synoptic.theme'); } catch { /* storage is off: auto */ }
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
})();
