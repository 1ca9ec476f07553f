// Keys of the review queue.  An element with data-key="a b" is clicked when one of these keys is pressed
// outside of a field.  Keys can be switched off in the help, and never reach a field that is typed in.
"use strict";
(() => {
  const OFF = "muster-keys-off";
  const FIELDS = ["said_by", "actor", "target", "place", "date", "low", "polarity", "modality", "act"];
  const off = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  const item = () => document.getElementById("item");
  const correcting = () => item().querySelector("details:has(.correction)");

  function letter(event) {
    // On an Arabic or Persian keyboard the same key is meant.
    if (/^Key[A-Z]$/.test(event.code) && !/^[\x21-\x7e]$/.test(event.key)) return event.code.slice(3).toLowerCase();
    if (/^Digit\d$/.test(event.code) && !event.shiftKey) return event.code.slice(5);
    return event.key.toLowerCase();
  }

  function shown(element) {
    const closed = element.closest("details:not([open])");
    return !closed || (element.tagName === "SUMMARY" && element.parentElement === closed && !closed.parentElement.closest("details:not([open])"));
  }

  function open(details, name) {
    for (const other of item().querySelectorAll("details.panel[open]")) if (other !== details) other.open = false;
    details.open = true;
    const first = name ? details.querySelector(`[name="${name}"]`) : details.querySelector("select, textarea, input:not([type=hidden]), button");
    first?.focus();
    first?.select?.();
  }

  document.addEventListener("keydown", (event) => {
    const target = event.target;
    if (event.key === "Escape") {
      const details = target.closest?.("#item details[open]") ?? item()?.querySelector("details[open]");
      if (details) { details.open = false; details.querySelector("summary").focus(); event.preventDefault(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing || off() || !item()) return;
    if (target.closest?.("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]")) return;
    if (item().querySelector(".htmx-request") || item().classList.contains("htmx-request")) return;
    const key = letter(event);
    const found = [...item().querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(key) && shown(each));
    if (found) {
      event.preventDefault();
      if (found.tagName === "SUMMARY") {
        const details = found.parentElement;
        if (details.open) details.open = false; else open(details, details.querySelector(".correction") ? "said_by" : "");
      } else found.click();
    } else if (/^[1-9]$/.test(key) && correcting()) {
      event.preventDefault();
      open(correcting(), FIELDS[key - 1]);
    }
  });

  function prepare() {
    const box = document.getElementById("keys-on");
    if (!box) return;
    box.checked = !off();
    box.closest(".switch").hidden = false;
    box.addEventListener("change", () => { try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* not kept */ } });
  }

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:afterSwap", () => {
    prepare();
    const focus = item()?.querySelector("details.panel[open] [aria-invalid]") ?? item()?.querySelector("[data-focus]");
    focus?.focus({ preventScroll: true });
    if (item() && item().getBoundingClientRect().top < 0) item().scrollIntoView();
  });
  // Signed out meanwhile: the page to sign in is no part of this one.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseText.trimStart().startsWith('<div id="item"')) { event.preventDefault(); location.reload(); }
  });
  // Whatever goes wrong underway is shown as a page of its own.
  document.addEventListener("htmx:responseError", () => location.reload());
})();
