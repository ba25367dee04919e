// Those who act in tests of commands, each over HTTP with a key of their own: the Secretariat, and cities, networks and organizations
// that the Secretariat has put into the graph.
import "reflect-metadata";
import { readRevision } from "../../src/database/read/revision";
import { decodeId } from "../../src/kernel/ids";
import type { ScopedRole } from "../../src/kernel/viewer";
import type { Documents } from "../generated/documents";
import { dataOf, postDocument, startApi, type TestApi } from "./api";
import type { Document, Given } from "./gql";
import { askWith, bearing, makeKey } from "./keys";

export interface Refusal {
  code: string;
  message: string;
}

/** What is asked of every mutation that must succeed. */
const OUTCOME = "revision userErrors { code message path }";

/** What `does` sends; scripts/generate-test-types.mjs puts it together likewise. */
type Sent<
  Mutation extends string,
  Selection extends string,
> = `mutation ($input: ${Capitalize<Mutation>}Input!) { done: ${Mutation}(input: $input) { ${typeof OUTCOME} ${Selection} } }`;
type InputOf<Text extends string> = Text extends keyof Documents ? Inputs<Documents[Text]["variables"]> : never;
type PayloadOf<Text extends string> = Text extends keyof Documents ? Payload<Documents[Text]["result"]> : never;
type Inputs<Variables> = Variables extends { input: infer Input } ? Input : never;
type Payload<Result> = Result extends { done: infer Done }
  ? { [Key in Exclude<keyof Done, "revision" | "userErrors">]: NonNullable<Done[Key]> }
  : never;

export class Actor {
  constructor(
    private readonly api: TestApi,
    private readonly token: string,
    /** empty for the Secretariat, which is no record */
    readonly slug = "",
  ) {}

  /** Does what must succeed, as one transaction with a revision of its own. @returns the payload, with what is selected of it */
  async does<const Mutation extends string, const Selection extends string>(
    mutation: Mutation,
    input: InputOf<Sent<Mutation, Selection>>,
    selection: Selection,
  ): Promise<PayloadOf<Sent<Mutation, Selection>>> {
    const before = await this.revision();
    const { data, errors } = await this.send(mutation, input, `${OUTCOME} ${selection}`);
    expect({ mutation, errors }).toEqual({ mutation, errors: undefined });
    const { revision, userErrors, ...done } = data.done;
    expect({ mutation, userErrors }).toEqual({ mutation, userErrors: [] });
    expect(BigInt(revision)).toBe(before + 1n);
    expect(Object.values(done)).not.toContain(null);
    return done;
  }

  /** Tries what must be refused, and what must have written nothing. */
  async isRefused(mutation: string, input: object): Promise<Refusal> {
    const before = await this.revision();
    const { data, errors } = await this.send(mutation, input, "userErrors { code message }");
    expect(await this.revision()).toBe(before);
    const [error] = errors ?? [];
    if (error !== undefined) return { code: error.extensions.code, message: error.message };
    const [refusal] = data.done.userErrors;
    expect({ mutation, refusal }).toEqual({ mutation, refusal: expect.anything() });
    return refusal as Refusal;
  }

  /** What the actor sees. */
  async sees<Result, Variables extends object>(
    document: Document<Result, Variables>,
    ...given: Given<Variables>
  ): Promise<Result> {
    return dataOf(await postDocument(this.api.url, document, bearing(this.token), ...given));
  }

  private send(mutation: string, input: object, selection: string): ReturnType<typeof askWith> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${selection} } }`;
    return askWith(this.api.url, this.token, query, { input });
  }

  private async revision(): Promise<bigint> {
    return BigInt((await readRevision(this.api.database)).revision);
  }
}

export class Actors {
  private constructor(
    readonly api: TestApi,
    readonly secretariat: Actor,
  ) {}

  static async open(): Promise<Actors> {
    const api = await startApi();
    return new Actors(api, new Actor(api, await makeKey(api.database, "SECRETARIAT")));
  }

  close(): Promise<void> {
    return this.api.close();
  }

  /** A city that is no member of the network yet. */
  async city(slug: string): Promise<Actor> {
    const said = { slug, name: slug, kind: "city", country: { code: "PL" } };
    const { city } = await this.secretariat.does("createCity", said, "city { id }");
    return this.withKey("CITY", slug, city.id);
  }

  async network(slug: string): Promise<Actor> {
    const said = { slug, name: slug, kind: "CITY_NETWORK" } as const;
    const { network } = await this.secretariat.does("createNetwork", said, "network { id }");
    return this.withKey("NETWORK", slug, network.id);
  }

  async organization(slug: string): Promise<Actor> {
    const said = { slug, name: slug, sector: "PUBLIC" } as const;
    const { organization } = await this.secretariat.does("createOrganization", said, "organization { id }");
    return this.withKey("ORGANIZATION", slug, organization.id);
  }

  /** A city that was designated in music. */
  async member(slug: string, designatedOn = "2023-01-15"): Promise<Actor> {
    const city = await this.city(slug);
    const designation = { city: { slug }, creativeField: { slug: "music" }, designatedOn };
    await this.secretariat.does("createDesignation", designation, "designation { id }");
    return city;
  }

  private async withKey(role: ScopedRole, slug: string, id: string): Promise<Actor> {
    return new Actor(this.api, await makeKey(this.api.database, role, decodeId(id).uuid), slug);
  }
}
