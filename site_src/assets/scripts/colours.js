// Whether scripts run, and light or dark, as the reader chose: the one thing that this site keeps in a browser.
(() => {
  const key = "candour-colours";
  const root = document.documentElement;
  const show = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.colours = choice;
    else delete root.dataset.colours;
  };
  let kept = null;
  try {
    kept = localStorage.getItem(key);
  } catch {
    // a browser that keeps nothing still shows the page
  }
  root.classList.replace("no-js", "js");
  show(kept);

  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("colour-choice");
    if (!choice) return;
    choice.value = kept === "light" || kept === "dark" ? kept : "";
    choice.addEventListener("change", () => {
      show(choice.value);
      try {
        if (choice.value) localStorage.setItem(key, choice.value);
        else localStorage.removeItem(key);
      } catch {
        // the choice then holds for this page alone
      }
    });
  });
})();
