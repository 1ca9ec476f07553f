// Words that are marked with the mouse or keyboard go into the form for a statement by hand.
"use strict";
(() => {
  const text = document.querySelector("[data-text]");
  const link = document.getElementById("add-statement");
  if (!text || !link) return;
  const plain = { href: link.href, words: link.textContent };

  // Places count code points, not UTF-16 units.
  const length = (words) => [...words].length;

  function place(node, offset, isEnd) {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (holder) {
      const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : holder.textContent.slice(0, offset ? undefined : 0);
      return Number(holder.dataset.start) + length(before);
    }
    // Between runs: the nearest run inside the range.
    const runs = [...text.querySelectorAll("[data-start]")];
    const mark = document.createRange();
    mark.setStart(node, offset);
    if (isEnd) {
      const last = runs.filter((run) => mark.comparePoint(run, 0) < 0).pop();
      return last ? Number(last.dataset.start) + length(last.textContent) : null;
    }
    const first = runs.find((run) => mark.comparePoint(run, 0) >= 0);
    return first ? Number(first.dataset.start) : null;
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    link.classList.remove("ready");
    link.href = plain.href;
    link.textContent = plain.words;
    if (!range || !text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
    const start = place(range.startContainer, range.startOffset, false);
    const end = place(range.endContainer, range.endOffset, true);
    if (start === null || end === null || end <= start) return;
    link.href = `${plain.href}?start=${start}&end=${end}`;
    link.textContent = link.dataset.fromWords;
    link.classList.add("ready");
  });
})();
