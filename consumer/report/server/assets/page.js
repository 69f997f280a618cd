// Refreshes the content of a page when new events have arrived. It replaces the content only: forms keep their texts, and
// the page its position. Without this script, the link "Refresh" does the same.

/** Milliseconds between two checks, and the factor of the time of the last refresh: a slow page is refreshed less often. */
const interval = 5_000;
const restFactor = 10;

let nextCheck = 0;
let isChecking = false;

/** The ids of the parts of the content that the reader has opened or closed. */
const detailsKeys = (root) =>
  [...root.querySelectorAll('details')].map((element, index) => element.id || String(index));

function isSelecting(live) {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(live, true);
}

/** Replaces the content with that of a page that was just read. */
function replaceContent(live, page) {
  const fresh = page.getElementById('live');
  if (fresh === null) return;
  const wasOpen = new Map(
    [...live.querySelectorAll('details')].map((element, index) => [
      element.id || String(index),
      element.open,
    ]),
  );
  for (const [index, key] of detailsKeys(fresh).entries())
    if (wasOpen.has(key)) fresh.querySelectorAll('details')[index].open = wasOpen.get(key);
  const { scrollX, scrollY } = window;
  live.replaceChildren(...fresh.childNodes);
  window.scrollTo(scrollX, scrollY);
  live.dataset.state = fresh.dataset.state;
}

function showNote(text) {
  const place = document.getElementById('freshness');
  if (place === null) return;
  const note = place.querySelector('[role=status]') ?? document.createElement('span');
  note.setAttribute('role', 'status');
  note.textContent = text;
  if (note.parentElement === null) place.append(' ', note);
}

async function refresh(live) {
  const started = performance.now();
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!response.ok) return; // the archive is in use: the next check tries again
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  replaceContent(live, page);
  nextCheck = performance.now() + restFactor * (performance.now() - started);
}

async function check() {
  const live = document.getElementById('live');
  if (live === null || isChecking || document.visibilityState !== 'visible') return;
  if (performance.now() < nextCheck || isSelecting(live)) return;
  isChecking = true;
  try {
    const response = await fetch('/state');
    if (response.status === 403) showNote('The server has started again: open the address that it printed.');
    if (!response.ok) return;
    const { state } = await response.json();
    if (state !== live.dataset.state) await refresh(live);
  } catch {
    showNote('The server does not answer.');
  } finally {
    isChecking = false;
  }
}

setInterval(check, interval);
document.addEventListener('visibilitychange', check);
