// Citations, and sheets that are printed: the page's whole address where the build was not told the site's, and buttons that copy.
(() => {
  const said = document.getElementById("copied");
  const here = location.origin + location.pathname.replace(/index\.html$/, "");
  for (const address of document.querySelectorAll(".address")) address.textContent = here;

  const select = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const element = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(element.textContent.trim());
        said.textContent = "Copied.";
      } catch {
        // a browser that lets no page copy: the reader presses the keys
        select(element);
        said.textContent = "Selected. Press Ctrl and C to copy.";
      }
    });
  }
})();
