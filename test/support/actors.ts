// Those who act in tests of commands, each over HTTP with a key of their own: the Secretariat, and cities, networks and organizations
// that the Secretariat has put into the graph.
import "reflect-metadata";
import { readRevision } from "../../src/database/read/revision";
import { decodeId } from "../../src/kernel/ids";
import type { ScopedRole } from "../../src/kernel/viewer";
import { startApi, type TestApi } from "./api";
import { askWith, makeKey } from "./keys";

export interface Refusal {
  code: string;
  message: string;
}

export class Actor {
  constructor(
    private readonly api: TestApi,
    private readonly token: string,
    /** empty for the Secretariat, which is no record */
    readonly slug = "",
  ) {}

  /** Does what must succeed, as one transaction with a revision of its own. @returns the payload, with what is selected of it */
  async does(mutation: string, input: object, selection: string): Promise<any> {
    const before = await this.revision();
    const { data, errors } = await this.send(mutation, input, `revision userErrors { code message path } ${selection}`);
    expect({ mutation, errors }).toEqual({ mutation, errors: undefined });
    const { revision, userErrors, ...done } = data.done;
    expect({ mutation, userErrors }).toEqual({ mutation, userErrors: [] });
    expect(BigInt(revision)).toBe(before + 1n);
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
  async sees(query: string): Promise<any> {
    const { data, errors } = await askWith(this.api.url, this.token, query);
    expect(errors).toBeUndefined();
    return data;
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

/** What is said of the records of those who act, beside a slug and a name. */
const SAID: Readonly<Record<ScopedRole, object>> = {
  CITY: { kind: "city", country: { code: "PL" } },
  NETWORK: { kind: "CITY_NETWORK" },
  ORGANIZATION: { sector: "PUBLIC" },
};

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
  city(slug: string): Promise<Actor> {
    return this.join("CITY", "City", slug);
  }

  network(slug: string): Promise<Actor> {
    return this.join("NETWORK", "Network", slug);
  }

  organization(slug: string): Promise<Actor> {
    return this.join("ORGANIZATION", "Organization", slug);
  }

  /** A city that was designated in music. */
  async member(slug: string, designatedOn = "2023-01-15"): Promise<Actor> {
    const city = await this.city(slug);
    const designation = { city: { slug }, creativeField: { slug: "music" }, designatedOn };
    await this.secretariat.does("createDesignation", designation, "designation { id }");
    return city;
  }

  private async join(role: ScopedRole, type: string, slug: string): Promise<Actor> {
    const made = await this.secretariat.does(
      `create${type}`,
      { slug, name: slug, ...SAID[role] },
      `record: ${type.toLowerCase()} { id }`,
    );
    const { uuid } = decodeId(made.record.id as string);
    return new Actor(this.api, await makeKey(this.api.database, role, uuid), slug);
  }
}
