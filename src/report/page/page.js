// Language, details on hover, touch and focus, sorting, filtering. Texts go on the page as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  // A wording in both languages; the style sheet shows one.
  const say = (zh, en) => {
    const both = document.createDocumentFragment();
    both.append(make("span", zh, "zh"), make("span", en, "en"));
    both.firstChild.lang = "zh-CN";
    both.lastChild.lang = "en";
    return both;
  };

  // Language: remembered nowhere; the page opens in the one that it was made for.
  const switches = all(".switch button");
  const speak = (lang) => {
    root.lang = lang;
    const title = document.querySelector("title");
    document.title = lang === "en" ? title.dataset.en : title.dataset.zh;
    for (const button of switches) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  };
  for (const button of switches) button.addEventListener("click", () => speak(button.dataset.lang));
  speak(root.lang);

  // Details of what is pointed at, touched or focused.
  const tip = document.getElementById("tip");
  let shown = null;
  const hide = () => { tip.hidden = true; shown = null; for (const ring of all(".ring")) ring.remove(); };
  const show = (owner, content, box) => {
    if (shown !== owner || tip.hidden) {
      tip.replaceChildren(...content);
      tip.hidden = false;
      shown = owner;
    }
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + box.width / 2 - width / 2), root.clientWidth - width - 8);
    const below = box.bottom + 8;
    const fits = below + height < root.clientHeight;
    tip.style.left = `${left}px`;
    tip.style.top = `${fits ? below : Math.max(8, box.top - height - 8)}px`;
  };

  const dateOf = (day) => {
    const date = new Date(`${data.start}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + day);
    return date.toISOString().slice(0, 10);
  };

  // A day's work of a team: sites by crew and treatment.
  const NAMED = 8;
  const dayWork = (team, day) => {
    const groups = new Map();
    for (const row of data.tables.visits.rows) {
      if (row[0] !== day || row[1] !== team) continue;
      const key = `${row[2]}:${row[4]}`;
      if (!groups.has(key)) groups.set(key, { crew: row[2], treatment: row[4], sites: [] });
      groups.get(key).sites.push(data.lists.sites[row[3]]);
    }
    const list = make("ul");
    for (const { crew, treatment, sites } of groups.values()) {
      const item = make("li");
      const more = sites.length - NAMED;
      const named = (pattern) => `${pattern.replace("{}", crew)} `;
      item.append(say(named(data.crew.zh), named(data.crew.en)), `${data.lists.treatments[treatment]} × ${sites.length}: `);
      item.append(sites.slice(0, NAMED).join(", "));
      if (more > 0) item.append(say(`，另有 ${more} 处`, ` and ${more} more`));
      list.append(item);
    }
    return list;
  };
  const cellDetails = (cell) => {
    const { title, zh, en, team, day } = cell.dataset;
    const content = [make("b", title)];
    if (zh !== undefined) content.push(say(zh, en));
    if (team !== undefined) content.push(dayWork(Number(team), Number(day)));
    return content;
  };
  const showCell = (cell) => show(cell, cellDetails(cell), cell.getBoundingClientRect());

  document.addEventListener("pointerover", (event) => {
    const cell = event.target.closest?.("[data-title]");
    if (cell) showCell(cell);
    else if (shown?.dataset?.title !== undefined && event.pointerType === "mouse" && document.activeElement !== shown) hide();
  });
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-title]");
    if (cell) showCell(cell);
    else if (!event.target.closest(".chart")) hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", () => { if (shown && !shown.matches?.(":focus")) hide(); }, { passive: true });

  // Arrow keys walk through the cells of calendar and heat map; Tab enters and leaves the table.
  for (const table of all(".days, .heat")) {
    const first = table.querySelector("td[data-title]");
    if (first) first.tabIndex = 0;
    table.addEventListener("focusin", (event) => { if (event.target.dataset.title !== undefined) showCell(event.target); });
    table.addEventListener("focusout", hide);
    table.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      const cell = event.target.closest("[data-title]");
      if (!step || !cell) return;
      event.preventDefault();
      let row = cell.parentElement.rowIndex;
      let column = cell.cellIndex;
      for (;;) {
        row += step[0];
        column += step[1];
        const next = table.rows[row]?.cells[column];
        if (!next) return;
        if (next.dataset.title === undefined) continue;
        for (const other of all("[tabindex='0']", table)) other.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        return;
      }
    });
  }

  // Charts: the nearest mark within reach is told and ringed.
  const REACH = 22;
  for (const holder of all(".chart")) {
    const svg = holder.querySelector("svg");
    const marks = data.marks[holder.dataset.chart] ?? [];
    const tell = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const reach = REACH / svg.getScreenCTM().a;
      let best = null;
      let least = Infinity;
      for (const mark of marks) {
        // Bars are as wide as their week and may be pointed at anywhere above the axis.
        const away = holder.dataset.chart.startsWith("load")
          ? Math.abs(mark.x - point.x)
          : Math.hypot(mark.x - point.x, mark.y - point.y);
        if (away < least) [best, least] = [mark, away];
      }
      if (!best || least > reach) return hide();
      if (shown === best) return undefined;
      for (const ring of all(".ring")) ring.remove();
      const ring = document.createElementNS(svg.namespaceURI, "circle");
      for (const [name, value] of [["class", "ring"], ["cx", best.x], ["cy", best.y], ["r", 9]]) ring.setAttribute(name, value);
      svg.append(ring);
      return show(best, [make("b", best.name), say(best.text.zh, best.text.en)], ring.getBoundingClientRect());
    };
    holder.addEventListener("pointermove", tell);
    holder.addEventListener("click", tell);
    holder.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hide(); });
  }

  // The map: sites of one zone stand out.
  for (const chip of all(".chips button")) {
    chip.addEventListener("click", () => {
      const chosen = chip.getAttribute("aria-pressed") !== "true" ? Number(chip.dataset.group) : null;
      for (const other of all(".chips button")) other.setAttribute("aria-pressed", String(other === chip && chosen !== null));
      const svg = document.querySelector("[data-chart='map'] svg");
      svg.classList.toggle("choosing", chosen !== null);
      hide();
      // Every site is two circles: its fill and its rim.
      all("circle", svg).forEach((circle, at) => circle.classList.toggle("chosen", data.marks.map[at >> 1].group === chosen));
    });
  }

  // The comparison: rows in which no scenario differs are left out until somebody asks for them.
  for (const holder of all(".only")) {
    const box = holder.querySelector("input");
    const table = document.querySelector("table.figures");
    const choose = () => table.classList.toggle("differing", box.checked);
    holder.hidden = table.querySelector(".same") === null;
    box.addEventListener("change", choose);
    choose();
  }

  // Sorting. Numbers are compared as numbers, words as a reader of Chinese expects; blanks come last.
  const words = new Intl.Collator("zh-CN", { numeric: true });
  const compare = (a, b, number) => {
    if (a === b) return 0;
    if (a === "" || b === "") return a === "" ? 1 : -1;
    return number ? a - b : words.compare(a, b);
  };
  const heads = (table, sort) => {
    const cells = all("thead th", table);
    cells.forEach((head, column) => {
      const button = make("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        for (const other of cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(column, descending ? -1 : 1, head.classList.contains("number"));
      });
    });
  };

  for (const table of all(".sortable")) {
    const body = table.tBodies[0];
    heads(table, (column, direction, number) => {
      const key = (row) => {
        const text = row.cells[column].innerText.trim();
        if (!number) return text;
        // A unit may follow.
        const value = Number.parseFloat(text.replace(/[,\s]/g, ""));
        return Number.isNaN(value) ? "" : value;
      };
      const rows = [...body.rows].map((row) => [key(row), row]);
      rows.sort(([a], [b]) => (a === "" || b === "" ? 1 : direction) * compare(a, b, number));
      body.append(...rows.map(([, row]) => row));
    });
  }

  // Long tables: rows are made from the data, a page at a time.
  const PAGE = 50;
  for (const holder of all(".long")) {
    const table = holder.querySelector("table");
    const { columns, rows } = data.tables[holder.dataset.table];
    const tools = document.getElementById("tools").content.cloneNode(true);
    const frame = make("div", undefined, "rows");
    const input = tools.querySelector("input");
    const output = tools.querySelector("output");
    const steps = all("[data-step]", tools);
    const bar = tools.querySelector(".tools");
    tools.querySelector(".file").textContent = holder.dataset.file;
    table.before(frame);
    frame.append(table);
    const pager = [tools.querySelector(".pager"), tools.querySelector(".onprint")];
    frame.before(bar);
    holder.append(...pager);

    const text = ({ kind, at, list }, row) => {
      const value = row[at];
      if (kind === "date") return dateOf(value);
      if (kind === "one") return data.lists[list][value];
      if (kind === "many") return value.map((each) => data.lists[list][each]).join(", ");
      return value;
    };
    const full = rows.map((row) => columns.map((column) => text(column, row)));
    const blank = columns.map((_, column) => full.every((row) => row[column] === ""));
    all("thead th", table).forEach((head, column) => { head.hidden = blank[column]; });
    const searched = full.map((row) => row.join("\n").toLowerCase());
    let order = full.map((_, at) => at);
    let kept = order;
    let page = 0;

    const picks = all("thead th", table).flatMap((head, column) => {
      if (head.dataset.pick === undefined) return [];
      const values = [...new Set(full.map((row) => row[column]))].filter((value) => value !== "").sort(words.compare);
      if (values.length < 2) return [];
      const label = make("label");
      const select = make("select");
      select.append(new Option("—", ""), ...values.map((value) => new Option(value, value)));
      const name = make("span");
      name.append(...[...head.childNodes].map((node) => node.cloneNode(true)));
      label.append(name, " ", select);
      bar.append(label);
      return [{ column, select }];
    });

    const group = (number) => number.toLocaleString("en-US");
    const draw = () => {
      const pages = Math.max(1, Math.ceil(kept.length / PAGE));
      page = Math.min(Math.max(page, 0), pages - 1);
      const from = page * PAGE;
      const lines = kept.slice(from, from + PAGE).map((at) => {
        const line = make("tr");
        full[at].forEach((value, column) => {
          if (!blank[column]) line.append(make("td", value, columns[column].kind === "number" ? "number" : undefined));
        });
        return line;
      });
      table.tBodies[0].replaceChildren(...lines);
      const [first, last, count] = [kept.length ? from + 1 : 0, from + lines.length, kept.length].map(group);
      output.replaceChildren(say(`第 ${first}–${last} 行，共 ${count} 行`, `rows ${first}–${last} of ${count}`));
      for (const step of steps) {
        const to = page + Number(step.dataset.step);
        step.disabled = to < 0 || to >= pages;
      }
    };
    const filter = () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
      const chosen = picks.filter(({ select }) => select.value !== "");
      kept = order.filter((at) => wanted.every((word) => searched[at].includes(word))
        && chosen.every(({ column, select }) => full[at][column] === select.value));
      page = 0;
      draw();
    };
    heads(table, (column, direction, number) => {
      const key = (at) => (number && full[at][column] !== "" ? Number(full[at][column]) : full[at][column]);
      order = full.map((_, at) => at).sort((a, b) => {
        const [left, right] = [key(a), key(b)];
        return (left === "" || right === "" ? 1 : direction) * compare(left, right, number) || a - b;
      });
      filter();
    });
    input.addEventListener("input", filter);
    for (const { select } of picks) select.addEventListener("change", filter);
    for (const step of steps) step.addEventListener("click", () => { page += Number(step.dataset.step); draw(); });
    draw();
  }
})();
