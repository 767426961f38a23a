import classes from "./StateMark.module.css";

/** The states that have a colour, and those that have none: each has a shape of its own. */
export type Mark =
  | "free"
  | "busy"
  | "held"
  | "ringing"
  | "away"
  | "offline"
  | "unreachable"
  | "unknown";

type Props = { mark: Mark; label: string; size?: number };

/** A state as colour and shape: full, ringed, moving, hollow, a point, crossed, dashed. */
export function StateMark({ mark, label, size = 12 }: Props) {
  return (
    <svg
      className={`${classes.mark} ${classes[mark]}`}
      width={size}
      height={size}
      viewBox="0 0 12 12"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {SHAPES[mark]}
    </svg>
  );
}

const SHAPES: Record<Mark, React.ReactNode> = {
  free: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  busy: (
    <>
      <circle cx="6" cy="6" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle cx="6" cy="6" r="2.9" fill="currentColor" />
    </>
  ),
  held: (
    <>
      <circle cx="6" cy="6" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M4.6 3.8v4.4M7.4 3.8v4.4" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  ringing: (
    <>
      <circle className={classes.wave} cx="6" cy="6" r="4.5" fill="currentColor" />
      <circle cx="6" cy="6" r="4.5" fill="currentColor" />
    </>
  ),
  away: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  offline: <circle cx="6" cy="6" r="2.2" fill="currentColor" />,
  unreachable: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M2.8 9.2L9.2 2.8" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  unknown: (
    <circle
      cx="6"
      cy="6"
      r="4.6"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeDasharray="2 1.6"
    />
  ),
};
