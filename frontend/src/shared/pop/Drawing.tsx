import { Button } from "@mantine/core";
import type { PopElementValue, PopValue } from "../api/types.generated.ts";
import classes from "./Drawing.module.css";
import { framed, isOwn } from "./frames.ts";

type Run = (command: string[]) => void;
type Props = {
  pop: PopValue;
  label: string;
  /** Where programs can be started; else their buttons are left out. */
  onRun?: Run | undefined;
};

/** What a template draws of a call: each thing at its place. All of it is text, never markup. */
export function Drawing({ pop, label, onRun }: Props) {
  return (
    <section className={classes.drawing} aria-label={label} tabIndex={0}>
      {pop.elements.map((element, at) => (
        <Element key={at} element={element} onRun={onRun} />
      ))}
    </section>
  );
}

type ElementProps = { element: PopElementValue; onRun: Run | undefined };

function Element({ element, onRun }: ElementProps) {
  const place = { left: element.x, top: element.y };
  switch (element.kind) {
    case "image":
      return <Picture address={element.address} place={place} />;
    case "button":
      return <Act element={element} place={place} onRun={onRun} />;
    default:
      return (
        <span className={classes.element} style={place}>
          {element.text}
        </span>
      );
  }
}

type Place = { left: number; top: number };

/** Our own photos as they are; what is somebody else's in a frame of its own. */
function Picture({ address, place }: { address: string; place: Place }) {
  if (isOwn(address)) {
    return (
      <img
        className={`${classes.element} ${classes.picture}`}
        style={place}
        src={address}
        alt=""
        referrerPolicy="no-referrer"
      />
    );
  }
  return (
    <iframe
      className={classes.foreign}
      style={{
        ...place,
        width: `calc(100% - ${place.left}px)`,
        height: `calc(100% - ${place.top}px)`,
      }}
      title=""
      aria-hidden
      tabIndex={-1}
      sandbox=""
      src={framed("image", address)}
    />
  );
}

/** It opens an address, or runs a program; one that names both does both, as on Windows. */
function Act({ element, place, onRun }: ElementProps & { place: Place }) {
  const { address, command, text } = element;
  const run = onRun && command.length > 0 ? () => onRun(command) : undefined;
  if (!address) {
    if (!run) return null;
    return (
      <Button
        size="xs"
        variant="default"
        className={classes.element ?? ""}
        style={{ ...place, position: "absolute" }}
        onClick={run}
      >
        {text}
      </Button>
    );
  }
  const page = /^https?:/i.test(address);
  return (
    <Button
      component="a"
      size="xs"
      variant="default"
      className={classes.element ?? ""}
      style={{ ...place, position: "absolute" }}
      href={address}
      rel="noopener noreferrer"
      {...(page ? { target: "_blank" } : {})}
      onClick={run}
    >
      {text}
    </Button>
  );
}
