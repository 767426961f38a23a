import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOfStranger, emailLine, fieldsOf, isNameless } from "./draft.ts";

test("what is empty, and what the form has no field for, is not sent", () => {
  const draft = {
    ...draftOfStranger("0155171889", "Paul Martin"),
    emails: [emailLine(" a@b.example "), emailLine(" ")],
    fields: { Address: "12 rue", Elsewhere: "x" },
  };
  const sent = fieldsOf(draft, ["Address", "Note"]);
  assert.deepEqual(sent.emails, ["a@b.example"]);
  assert.deepEqual(sent.fields, { Address: "12 rue", Note: "" });
  assert.deepEqual([sent.firstName, sent.lastName], ["Paul", "Martin"]);
  assert.equal(isNameless({ ...draft, firstName: " ", lastName: "" }), true);
});
