import { at } from './chart';

/**
 * A bar below the number in a cell of a table. The number is beside it, so the bar is hidden from screen readers.
 * @param share length of the bar, from 0 to 1
 */
function CellBar({ share }: { share: number }) {
  return (
    <svg class="cell-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="6" />
      <rect class="mark-bar" width={at(100 * Math.min(Math.max(share, 0), 1))} height="6" />
    </svg>
  );
}

export { CellBar };
