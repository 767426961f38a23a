import { createContext, useContext } from "react";

/** Whether who has signed in is a super user: to others is not offered what would be refused. */
export const SuperUser = createContext(false);

export function useSuperUser(): boolean {
  return useContext(SuperUser);
}
