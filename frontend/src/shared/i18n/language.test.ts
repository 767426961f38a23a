import assert from "node:assert/strict";
import { test } from "node:test";
import { browserLanguage, languageOf, regional } from "./language.ts";

test("the browser's first language that we speak", () => {
  assert.equal(browserLanguage(["fr-CA", "en"]), "fr");
  assert.equal(browserLanguage(["de-DE", "en-GB", "fr"]), "en");
  assert.equal(browserLanguage(["de"]), "en");
  assert.equal(browserLanguage([]), "en");
});

test("a user's culture overrides the browser, Auto follows it", () => {
  assert.equal(languageOf("fr", ["en"]), "fr");
  assert.equal(languageOf("en-GB", ["fr"]), "en");
  assert.equal(languageOf("Auto", ["fr"]), "fr");
  assert.equal(languageOf("de", ["fr"]), "fr");
});

test("times are written as in the browser's country", () => {
  assert.equal(regional("en", ["fr-FR", "en-GB"]), "en-GB");
  assert.equal(regional("fr", ["en-GB"]), "fr");
});
