import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import { surely } from "./surely.ts";

type Any = ComponentType<any>;

/** A part of a page, by its name in its file, that is fetched when it is first shown. */
export function later<N extends string, C extends Any>(
  load: () => Promise<Record<N, C>>,
  name: N,
): LazyExoticComponent<C> {
  return lazy(async () => ({ default: (await surely(load))[name] }));
}
