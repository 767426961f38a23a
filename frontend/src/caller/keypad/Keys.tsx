import classes from "./Keypad.module.css";

const KEYS: [string, string][] = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
];

type Props = { onKey: (digit: string) => void; disabled?: boolean; large?: boolean };

/** The twelve keys of a telephone. */
export function Keys({ onKey, disabled = false, large = false }: Props) {
  return (
    <div className={classes.keys} data-large={large || undefined}>
      {KEYS.map(([digit, letters]) => (
        <button
          key={digit}
          type="button"
          className={classes.key}
          disabled={disabled}
          onClick={() => onKey(digit)}
        >
          {digit}
          <span className={classes.letters} aria-hidden>
            {letters}
          </span>
        </button>
      ))}
    </div>
  );
}
