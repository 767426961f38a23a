import { useQuery } from "@tanstack/react-query";
import { listSearchedDirectories } from "../../shared/api/contacts.ts";
import { useAuthorised } from "../../shared/live/parameters.ts";

export type Place = "private" | "public";

const PLACES: readonly Place[] = ["private", "public"];

/** Where the user may write contacts down, now; both until it is known in which directories. */
export function useOwnPlaces(): readonly Place[] {
  const mayBePrivate = useAuthorised("AuthorizeContactFavorite");
  const { data: directories } = useQuery({
    queryKey: ["contacts", "directories"],
    queryFn: ({ signal }) => listSearchedDirectories(signal),
  });
  return PLACES.filter(
    (place) =>
      (place === "public" || mayBePrivate) &&
      (directories?.some((one) => one.yours && one.builtIn === `tws_${place}`) ?? true),
  );
}
