// Filters and sorts every lesson, from the site's own open data. Without this script the table lists them all.
const form = document.getElementById("progress-form");

if (form) {
  const table = document.querySelector("#progress-table tbody");
  const pager = document.getElementById("progress-pager");
  const said = document.getElementById("progress-said");
  const asWritten = [...table.rows];
  const most = 200;
  let loading = null;

  const label = (name, key) => form.elements[name].querySelector(`option[value="${CSS.escape(key)}"]`)?.textContent ?? key;

  const load = () =>
    (loading ??= fetch(form.dataset.source)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then((data) => data.recommendations));

  const chosen = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));

  const fits = (one, want) =>
    (!want.owner || one.owner_group === want.owner) &&
    (!want.status || one.status === want.status) &&
    (!want.theme || one.themes.includes(want.theme)) &&
    (!want.level || one.level === want.level) &&
    (!want.year || one.published.startsWith(want.year)) &&
    (!want.state || one[want.state] === true);

  const orders = {
    due: (a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"),
    silent: (a, b) => (b.months_silent ?? -1) - (a.months_silent ?? -1),
    owner: (a, b) => (a.owner ?? "\uffff").localeCompare(b.owner ?? "\uffff", "en"),
  };

  const cell = (row, ...lines) => {
    const made = row.insertCell();
    lines.filter(Boolean).forEach((line, place) => {
      if (place) made.append(document.createElement("br"));
      made.append(line);
    });
  };

  const tag = (text) => Object.assign(document.createElement("strong"), { className: "tag tag--late", textContent: text });

  const month = (due) =>
    new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${due}-01T00:00Z`));

  const day = (date) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T00:00Z`));

  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

  const row = (one) => {
    const made = document.createElement("tr");
    const link = document.createElement("a");
    link.href = `${form.dataset.reviews}${one.review}/#lesson-${one.lesson}`;
    link.textContent = `${one.review}, lesson ${one.lesson}`;
    cell(made, link, one.text);
    cell(made, one.owner ?? "No owner named");
    cell(made, one.due ? month(one.due) : "No date", one.overdue ? tag("Overdue") : one.outcome_unknown && "Outcome not known");
    const updates = [...one.history].reverse().map((said) => `${day(said.date)}: ${lower(label("status", said.status))}`);
    const answered = one.history.some((said) => said.status !== "no-response");
    cell(made, one.progress, answered && one.response && `Answer: ${lower(form.getAttribute(`data-response-${one.response}`))}`, ...updates);
    return made;
  };

  const show = async () => {
    const want = chosen();
    history.replaceState(null, "", `${location.pathname}${new URLSearchParams(want).size ? `?${new URLSearchParams(want)}` : ""}`);
    if (!Object.keys(want).length) {
      table.replaceChildren(...asWritten);
      pager.hidden = false;
      said.textContent = "";
      return;
    }
    try {
      const found = (await load()).filter((one) => fits(one, want));
      if (want.order) found.sort(orders[want.order]);
      table.replaceChildren(...found.slice(0, most).map(row));
      pager.hidden = true;
      const more = found.length > most ? ` The first ${most} are shown: choose more filters.` : "";
      said.textContent = `${found.length.toLocaleString("en-GB")} ${found.length === 1 ? "lesson" : "lessons"}.${more}`;
    } catch {
      said.textContent = "The lessons could not be loaded. The whole list stands below.";
    }
  };

  for (const [name, value] of new URLSearchParams(location.search)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  if (Object.keys(chosen()).length) show();
}
