// What must not compile of documents of tests: see declarations.ts.
import type { TestApi } from "../support/api";
import type { Actor } from "../support/actors";
import { gql } from "../support/gql";

declare const api: TestApi;
declare const actor: Actor;
declare const made: string;
declare function used(value: unknown): void;

const CITY = gql("query ($slug: String!) { city(by: { slug: $slug }) { slug memberSince country { code } } }");

export async function read(): Promise<void> {
  const { city } = await api.data(CITY, { slug: "krakow" });
  const memberSince: string | null | undefined = city?.memberSince;
  used(memberSince);
  // @ts-expect-error: a field is misspelled
  used(city?.contry);
  // @ts-expect-error: a field that was not selected
  used(city?.name);
  // @ts-expect-error: a field that may be null
  used(city.slug);
  // @ts-expect-error: a variable is missing
  await api.data(CITY);
  // @ts-expect-error: a variable is misspelled
  await api.data(CITY, { slog: "krakow" });
  // @ts-expect-error: a variable of another type
  await api.ask(CITY, { slug: 1 });
  // @ts-expect-error: a text that has no types
  await api.data(made);
}

export async function done(): Promise<void> {
  const by = { slug: "shared" };
  const { project } = await actor.does("startProject", { by }, "project { status }");
  used(project.status === "ACTIVE");
  // @ts-expect-error: a word that no project's status is
  used(project.status === "RUNNING");
  // @ts-expect-error: a field that was not selected
  used(project.slug);
  // @ts-expect-error: an input that lacks what must be in it
  await actor.does("startProject", {}, "project { status }");
}
