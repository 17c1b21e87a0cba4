// What scripts add to pages that work without them: upload progress, dropping
// a file anywhere on the drop zone, the theme at once, focus after a part of
// the page was replaced, copying, and a warning before the data goes.
"use strict";

const root = document.documentElement;
const $ = (selector, from = document) => from.querySelector(selector);
if (window.htmx) root.classList.add("js");

// Focus goes to what asks for it, or to the new heading, unless it still is
// where it was.
function refocus(keep) {
  const asks = $("main [data-focus]"), marked = $(".recipes .is-marked");
  if (asks) {
    asks.removeAttribute("data-focus");
    if (marked) marked.closest(".recipes").scrollTop = marked.offsetTop - 80;
    asks.focus();
  } else if (!keep && document.activeElement === document.body) $("main h1")?.focus({ preventScroll: true });
}

// Controls that scripts bring to life are hidden without them, and what
// scrolls can be reached by keyboard.
function reveal() {
  for (const d of document.querySelectorAll(".drawing")) {
    if (d.scrollWidth > d.clientWidth) d.tabIndex = 0;
  }
  if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach((b) => { b.hidden = false; });
}

document.addEventListener("htmx:after:swap", (event) => {
  const source = event.detail?.ctx?.sourceElement;
  reveal();
  const go = $("main [data-go]");
  if (go) location.replace(go.href);
  else refocus(source?.closest?.("[data-keep]"));
});

// The theme changes at once; the server remembers it.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-switch]") || !event.submitter) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const theme = event.submitter.value;
  root.dataset.theme = theme;
  $("meta[name=color-scheme]").content = theme === "system" ? "light dark" : theme;
  for (const b of form.querySelectorAll("button")) b.setAttribute("aria-pressed", String(b === event.submitter));
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
});

document.addEventListener("click", (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    navigator.clipboard.writeText($(copy.dataset.copy).textContent).then(() => { copy.textContent = "Copied"; });
  }
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = $(".menu[open]");
  if (menu) {
    menu.open = false;
    $("summary", menu).focus();
  }
});

// Uploading.
const dropZone = (event) => event.target.closest?.(".drop");
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const zone = dropZone(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => dropZone(event)?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const zone = dropZone(event);
  if (!zone || !event.dataTransfer.files.length) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  const input = $("input", zone);
  input.files = event.dataTransfer.files;
  zone.closest("form").requestSubmit();
});
document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form && event.target.files?.length) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const file = form.matches("form[data-upload]") && $("input[type=file]", form).files[0];
  if (!file) return;
  event.preventDefault();
  upload(form, file);
});

const mebibytes = (n) => (n / 1048576).toFixed(n < 10485760 ? 1 : 0);

function upload(form, file) {
  const box = $(".sending", form), bar = $("progress", box), status = $("[role=status]", box);
  const send = $(".send", form), sent = $(".sent", box), cancel = $("[data-cancel]", box);
  const max = Number(form.dataset.max);
  const stop = (text) => {
    bar.hidden = cancel.hidden = true;
    send.hidden = false;
    box.hidden = false;
    sent.textContent = "";
    status.textContent = text;
    status.classList.remove("vh");
  };
  if (max > 0 && file.size > max) {
    stop(`This file has ${mebibytes(file.size)} MiB, and this server takes ${mebibytes(max)}. Choose a smaller one.`);
    return;
  }
  const request = new XMLHttpRequest();
  let told = Date.now();
  box.hidden = bar.hidden = cancel.hidden = false;
  send.hidden = true;
  status.classList.add("vh");
  status.textContent = "Uploading";
  bar.value = 0;
  cancel.onclick = () => request.abort();
  request.upload.onprogress = (e) => {
    if (!e.lengthComputable) return;
    bar.value = (100 * e.loaded) / e.total;
    sent.textContent = `${mebibytes(e.loaded)} of ${mebibytes(e.total)} MiB`;
    if (Date.now() - told > 5000) {
      told = Date.now();
      status.textContent = sent.textContent;
    }
  };
  request.upload.onload = () => {
    bar.removeAttribute("value");
    sent.textContent = status.textContent = "Reading the file…";
  };
  request.onload = () => show(request);
  request.onerror = () => stop("The upload was cut off. Check the connection and try again; if the file is very large, the server may have refused it.");
  request.onabort = () => stop("The upload was cancelled.");
  request.open("POST", form.action);
  request.send(new FormData(form));
}

// show puts the page that answered an upload in place of this one.
function show(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (!$("main", page)) {
    location.assign("/");
    return;
  }
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  document.body.dataset.idle = page.body.dataset.idle;
  if (request.status < 400) history.replaceState(null, "", request.responseURL);
  window.htmx?.process(document.body);
  window.scrollTo(0, 0);
  reveal();
  watch();
  document.activeElement?.blur();
  refocus(false);
}

// The data goes when nothing is asked of the server for a while. A warning
// comes five minutes before, and one press keeps it.
let idle;
function watch() {
  clearTimeout(idle);
  const seconds = Number(document.body.dataset.idle);
  if (seconds > 300) idle = setTimeout(warn, (seconds - 300) * 1000);
}
function warn() {
  const text = document.createElement("span"), keep = document.createElement("button"), p = document.createElement("p");
  text.textContent = "Your data goes in five minutes unless you go on.";
  keep.textContent = "Keep my data";
  keep.onclick = () => fetch(location.href).then(() => { p.remove(); watch(); });
  p.className = "flash is-bad";
  p.append(text, keep);
  $("#flashes").append(p);
}
document.addEventListener("htmx:after:request", watch);

// Without htmx nothing asks how far a training is: the page loads itself again.
if (!window.htmx && $("#run[hx-get]")) setTimeout(() => location.reload(), 2000);

watch();
reveal();
refocus(true);
