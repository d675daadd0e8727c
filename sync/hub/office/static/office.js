// Keys and small comforts of the officer's pages. Everything works without it; nothing is stored but "no keys, please".
(function () {
  "use strict";

  const QUIET = "thon-khong-phim-tat";
  const rows = () => Array.from(document.querySelectorAll(".dossiers a.open"));
  const writing = (where) => where.matches("input:not([type=checkbox]), textarea, select");

  function step(by) {
    const all = rows();
    const now = document.activeElement.closest("tr");
    const at = all.findIndex((link) => link.closest("tr") === now);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) next.focus();
  }

  function pick() {
    const box = document.activeElement.closest("tr").querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  }

  // "/" works anywhere on a list; the letters only while the focus is in it, so that speech input is not caught.
  const INSIDE = { j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1), x: pick };

  function pressed(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || localStorage.getItem(QUIET)) return;
    const search = document.getElementById("words");
    const inside = event.target.closest(".dossiers tbody");
    if (event.target === search && event.key === "ArrowDown" && rows().length) rows()[0].focus();
    else if (writing(event.target)) return;
    else if (event.key === "/" && search) search.focus();
    else if (inside && INSIDE[event.key]) INSIDE[event.key]();
    else return;
    event.preventDefault();
  }

  function pickAll() {
    const boxes = Array.from(document.querySelectorAll(".dossiers input[type=checkbox]"));
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  }

  // A form that is on its way is not sent a second time; an export stays, because its page does.
  function sent(event) {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || form.action.endsWith("/xuat")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  }

  // Said before the file has travelled; the hub checks again.
  function chosen(event) {
    const field = event.target;
    if (field.type !== "file" || !field.dataset.most) return;
    const big = Array.from(field.files).some((file) => file.size > Number(field.dataset.most));
    field.setCustomValidity(big ? field.dataset.tooBig : "");
    field.reportValidity();
  }

  // The list as it was left, filters and page included; after a refusal the page that was refused.
  function back(event) {
    const link = event.target.closest("a.back-to-list, a.step-back");
    const from = document.referrer && new URL(document.referrer);
    if (!link || history.length < 2 || !from || from.origin !== location.origin || link.dataset.acted) return;
    if (link.matches(".back-to-list") && from.pathname !== "/can-bo") return;
    event.preventDefault();
    history.back();
  }

  function fresh() {
    document.querySelectorAll("#chon-het").forEach((button) => { button.hidden = false; });
    document.querySelectorAll("#phim-tat").forEach((button) => {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(!localStorage.getItem(QUIET)));
    });
  }

  // Whoever stood on something that is gone stands on the new list, not at the top of the page.
  function settled() {
    fresh();
    const list = document.getElementById("danh-sach");
    if (list && document.activeElement === document.body) list.focus({ preventScroll: true });
  }

  function clicked(event) {
    if (event.target.id === "chon-het") pickAll();
    else if (event.target.id === "phim-tat") {
      if (localStorage.getItem(QUIET)) localStorage.removeItem(QUIET);
      else localStorage.setItem(QUIET, "1");
      fresh();
    } else if (event.target.id === "in-trang") window.print();
    else back(event);
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("change", chosen);
  document.addEventListener("submit", sent);
  document.addEventListener("htmx:afterSettle", settled);
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
    fresh();
  });
})();
