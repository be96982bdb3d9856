// Sets theme and language before the first paint, so that nothing flashes. The app writes the same two keys.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("jianghai.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    if (localStorage.getItem("jianghai.locale") === "en") root.lang = "en";
  } catch { /* storage is closed in private mode: the system decides */ }
})();
