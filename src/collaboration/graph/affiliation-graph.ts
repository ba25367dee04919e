// The graph of collaboration as a process keeps it in memory: partners, records, who shares what, and the partners' traits.
import { DESIGNATION_KIND } from "./affiliation-kinds";
import { IdTable } from "./memory/id-table";
import { Affiliations } from "./memory/affiliations";
import { Interests } from "./memory/interests";
import { Workspaces } from "./memory/workspaces";
import { Traits } from "./memory/traits";

export class AffiliationGraph {
  /** cities, networks and organizations by their ids */
  readonly partners = new IdTable();
  /** what they share, by the ids of the records; a network is a partner as well as a record */
  readonly records = new IdTable();
  readonly affiliations = new Affiliations();
  readonly traits = new Traits();
  readonly interests = new Interests();
  /** for walks over the graph */
  readonly workspaces = new Workspaces();

  /** What it holds in memory, in bytes. */
  get byteLength(): number {
    const { partners, records, affiliations, traits, interests } = this;
    const { byteLength } = interests;
    return partners.byteLength + records.byteLength + affiliations.byteLength + traits.byteLength + byteLength;
  }

  /** What a record adds to the strength of the link between each two that share it; see docs/links.md. */
  weightOf(record: number): number {
    return 1 / (this.affiliations.sizeOf(record) - 1);
  }

  /** The number of the record with this id; one that is new gets it now. */
  recordNumber(id: string, kind: number): number {
    const before = this.records.size;
    const record = this.records.numberOf(id);
    if (record === before) {
      this.affiliations.addRecord(record, kind);
      // Who is designated in a field is asked of all fields, whether or not a project is about them.
      if (kind === DESIGNATION_KIND) this.interests.fields.numberOf(id);
    }
    return record;
  }
}
