// Files can be dropped, folders too, and what is chosen is shown before it is sent.  Without this the form works as it is.
"use strict";
(() => {
  const form = document.getElementById("add");
  const drop = document.getElementById("drop");
  const chosen = document.getElementById("chosen");
  const trouble = document.getElementById("trouble");
  const sending = document.getElementById("sending");
  const bar = sending.querySelector("progress");
  const says = form.dataset;
  const most = 200;
  let files = []; // {file, name}: name is its path in the folder that was chosen

  drop.querySelector(".drag").hidden = false;
  form.classList.add("scripted"); // what was chosen is listed below, not beside the buttons
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      take([...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
      input.value = "";
    });
  }
  for (const kind of ["dragover", "dragleave", "drop"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", kind === "dragover");
    });
  }
  drop.addEventListener("drop", async (event) => {
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry());
    const loose = [...event.dataTransfer.files].map((file) => ({ file, name: file.name }));
    const found = entries.some((entry) => entry) ? (await Promise.all(entries.filter(Boolean).map(walk))).flat() : loose;
    take(found);
  });

  async function walk(entry) {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      return [{ file, name: entry.fullPath.replace(/^\//, "") }];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) { // it gives a hundred at a time
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return found;
      for (const each of some) found.push(...(await walk(each)));
    }
  }

  function take(more) {
    files = files.concat(more);
    show();
  }

  function size(bytes) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    let n = 0;
    while (bytes >= 1024 && n < units.length - 1) { bytes /= 1024; n += 1; }
    return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: units[n], unitDisplay: n ? "short" : "long", maximumFractionDigits: n ? 1 : 0 }).format(bytes);
  }

  function show() {
    const total = files.reduce((sum, each) => sum + each.file.size, 0);
    chosen.hidden = !files.length;
    chosen.querySelector(".total").textContent = says.chosen.replace("%n", files.length).replace("%size", size(total));
    const list = chosen.querySelector("ul");
    list.replaceChildren(...files.slice(0, most).map(row));
    if (files.length > most) {
      const rest = document.createElement("li");
      rest.textContent = says.more.replace("%n", files.length - most);
      list.append(rest);
    }
    const problem = files.length > Number(says.mostFiles) ? says.tooMany : total > Number(says.mostBytes) ? says.tooLarge : "";
    complain(problem);
    form.querySelector("button.main").disabled = Boolean(problem);
  }

  function row(each) {
    const line = document.createElement("li");
    const name = document.createElement("bdi");
    const leave = document.createElement("button");
    name.textContent = each.name;
    leave.type = "button";
    leave.className = "link";
    leave.textContent = says.remove;
    leave.setAttribute("aria-label", says.remove + ": " + each.name);
    leave.addEventListener("click", () => { files = files.filter((other) => other !== each); show(); });
    line.append(name, " " + size(each.file.size) + " ", leave);
    return line;
  }

  function complain(words) {
    trouble.textContent = words;
    trouble.hidden = !words;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!files.length) return complain(says.none);
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("names", JSON.stringify(files.map((each) => each.name)));
    for (const each of files) data.append("files", each.file, "file");
    send(data);
  });

  function send(data) {
    const button = form.querySelector("button.main");
    const request = new XMLHttpRequest();
    const over = (words) => { sending.hidden = true; button.disabled = false; complain(words); };
    complain("");
    button.disabled = true;
    sending.hidden = false;
    bar.value = 0;
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; });
    request.addEventListener("error", () => over(says.lost));
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const problem = page.querySelector("main .problem, main");
      over(problem ? problem.textContent.trim() : says.lost);
    });
    request.open("POST", form.action);
    request.send(data);
  }
})();
