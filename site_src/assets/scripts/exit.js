// “Exit this page”: hides the page at once and takes its place in the history. Pressing Shift three times does the same.
(() => {
  const button = document.getElementById("exit");
  const said = document.getElementById("exit-said");
  if (!button) return;
  const within = 5000;
  let presses = 0;
  let timer = 0;

  const leave = () => {
    document.documentElement.classList.add("exit-now");
    document.title = " ";
    location.replace(button.href);
  };

  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    presses += 1;
    clearTimeout(timer);
    if (presses >= 3) return leave();
    said.textContent = `Shift, press ${3 - presses} more ${presses === 2 ? "time" : "times"} to exit.`;
    timer = setTimeout(() => {
      presses = 0;
      said.textContent = "";
    }, within);
  });

  // a key pressed between two presses of Shift is somebody typing
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = 0;
  });

  // coming back with the back button shows the page again, not a blank one
  addEventListener("pageshow", () => document.documentElement.classList.remove("exit-now"));
})();
