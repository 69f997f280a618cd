import type { PlainValue } from '../../queries/engines/plain-value';

/** The change of a figure since the range before. */
interface TileChange {
  /** 0.1 for 10% more; infinite where the value before is 0. */
  ratio: number;
  /** The meaning of a lower value. */
  lower: 'better' | 'worse' | 'neutral';
}

interface TileProps {
  label: string;
  value: string;
  verdict?: PlainValue | undefined;
  change?: TileChange | undefined;
  link?: string | undefined;
}

const change = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

/** Changes below this ratio are not marked as better or worse. */
const smallChange = 0.005;

function changeClass({ ratio, lower }: TileChange): string {
  if (lower === 'neutral' || Math.abs(ratio) < smallChange) return 'same';
  return ratio < 0 === (lower === 'better') ? 'better' : 'worse';
}

function Change({ change: of }: { change: TileChange }) {
  const amount = Number.isFinite(of.ratio)
    ? `${change.format(Math.abs(of.ratio))} ${of.ratio < 0 ? 'lower' : 'higher'}`
    : 'from 0';
  return (
    <span class={`change ${changeClass(of)}`}>
      <span aria-hidden="true">{of.ratio < 0 ? '▼' : '▲'}</span>
      {` ${amount}`}
    </span>
  );
}

/** A main figure, with its verdict and its change. */
function Tile({ label, value, verdict, change: of, link }: TileProps) {
  return (
    <div class="tile">
      <span class="label">{label}</span>
      <span class="figure">{link === undefined ? value : <a href={link}>{value}</a>}</span>
      {typeof verdict === 'string' ? <span class={`verdict ${verdict}`}>{verdict}</span> : null}
      {of === undefined ? null : <Change change={of} />}
    </div>
  );
}

export { Tile, type TileChange };
