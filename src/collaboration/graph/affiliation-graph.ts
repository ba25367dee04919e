// The graph of collaboration as a process keeps it in memory: partners, things, who shares what, and the partners' traits.
import { AFFILIATIONS } from "../kinds";
import { IdTable } from "./memory/id-table";
import { Incidences } from "./memory/affiliations";
import { Interests } from "./memory/interests";
import { Scratch } from "./memory/workspaces";
import { Traits } from "./memory/traits";

export class Adjacency {
  /** cities, networks and organizations by their ids */
  readonly partners = new IdTable();
  /** what they share, by the ids of the records; a network is a partner as well as a thing */
  readonly things = new IdTable();
  readonly incidences = new Incidences();
  readonly traits = new Traits();
  readonly interests = new Interests();
  readonly scratch = new Scratch();

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    const { partners, things, incidences, traits, interests } = this;
    const { byteLength } = interests;
    return partners.byteLength + things.byteLength + incidences.byteLength + traits.byteLength + byteLength;
  }

  /** What a thing adds to the strength of the link between each two that share it; see docs/links.md. */
  weightOf(thing: number): number {
    return 1 / (this.incidences.sizeOf(thing) - 1);
  }

  /** The number of the thing with this id; one that is new gets it now. */
  thingNumber(id: string, kind: number): number {
    const before = this.things.size;
    const thing = this.things.numberOf(id);
    if (thing === before) this.incidences.addThing(thing, kind);
    return thing;
  }

  affiliationOf(thing: number): (typeof AFFILIATIONS)[number] {
    const affiliation = AFFILIATIONS[this.incidences.kindOf(thing)];
    if (affiliation === undefined) throw new Error(`thing ${thing} is of no kind`);
    return affiliation;
  }
}
