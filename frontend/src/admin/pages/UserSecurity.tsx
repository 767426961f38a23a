import { Sessions } from "../../shared/account/Sessions.tsx";
import classes from "../form/SideForm.module.css";
import { PasskeysOf } from "./PasskeysOf.tsx";
import { SecondFactorOf } from "./SecondFactorOf.tsx";
import { SignInTest } from "./SignInTest.tsx";
import { UserKeys } from "./UserKeys.tsx";

/** Where a user is signed in, and their second factor, for whoever lost the telephone. */
export function UserSecurity({ user }: { user: string }) {
  return (
    <div className={classes.part}>
      <SignInTest user={user} />
      <Sessions place={`/sessions?user=${encodeURIComponent(user)}`} />
      <UserKeys user={user} />
      <PasskeysOf place={`/admin/users/${user}/passkeys`} />
      <SecondFactorOf place={`/admin/users/${user}/second-factor`} />
    </div>
  );
}
