// A server with rows that not everybody sees, callers of each role, and the rows as the database has them.
import "reflect-metadata";
import sql, { raw } from "sql-template-tag";
import { catalogue } from "../../src/catalogue";
import { withPrisma } from "../../src/database/client/prisma";
import type { Session } from "../../src/database/database";
import { referenceField, type RecordType, type Reference } from "../../src/database/declare/record-type";
import type { Relation } from "../../src/database/declare/relation";
import { encodeId } from "../../src/kernel/ids";
import { snakeCase } from "../../src/kernel/names";
import type { Viewer } from "../../src/kernel/viewer";
import { postGraphql, startApi, type UntypedAnswer, type TestApi, type TestApiOptions } from "./api";
import { at, fieldList, goalList, records } from "./records";
import { addRowsOfEmptyTypes } from "./rows-of-every-type";
import { asTheySay, headerOf, viewerAs } from "./viewers";
import { audienceOf, isIn, RESTRICTED, type Caller, type StoredRow } from "./who-sees";

/** What the other rows have none of: a draft of a network, with all that it can have, and keys of every hidden row. */
async function addMoreRows(session: Session): Promise<void> {
  const add = records(session);
  await add.opportunity({
    slug: "draft-of-network",
    title: "Draft Offer of a Network",
    description: "Not yet.",
    postedBy: await add.partner("gnlc"),
    seeking: ["FUNDING"],
    opensOn: at("2026-04-01"),
    state: "DRAFT",
    creativeFields: fieldList("film"),
    goals: goalList(5),
  });
  await withPrisma(session, async (prisma) => {
    const where = { type: { in: RESTRICTED.map(({ name }) => name) }, operation: "UPSERT" } as const;
    const hidden = await prisma.record.findMany({ where, select: { id: true } });
    const data = hidden.map(({ id }) => ({ recordId: id, scheme: "TESTS", value: id }));
    await prisma.externalId.createMany({ data });
  });
}

export interface Question {
  query: string;
  variables?: object | undefined;
}

/** A row of one type that names a row of another, by a relation or by a reference. */
export interface Link {
  from: string;
  to: string;
}

export class VisibilityFixture {
  private readonly rows = new Map<string, StoredRow[]>();
  /** what was asked before of rows that stand: matrices ask the same for each of their cases */
  private readonly known = new Map<string, unknown>();

  private constructor(readonly api: TestApi) {}

  static async open(options: TestApiOptions = {}): Promise<VisibilityFixture> {
    const api = await startApi({ authenticate: asTheySay, ...options });
    await addRowsOfEmptyTypes(api.database);
    await api.database.write("test", addMoreRows);
    const fixture = new VisibilityFixture(api);
    await fixture.readRows();
    return fixture;
  }

  /** Once more, after rows were changed. */
  async readRows(): Promise<void> {
    this.known.clear();
    const joins = catalogue.relations.flatMap((relation) => (relation.kind === "joined" ? [relation.join.table] : []));
    for (const table of new Set([...catalogue.records.map((type) => type.table), ...joins])) {
      const rows = await this.api.database.query<{ row: StoredRow }>(
        sql`SELECT to_jsonb(t) AS row FROM ${raw(`"${table}"`)} t ORDER BY id`,
      );
      this.rows.set(
        table,
        rows.map(({ row }) => row),
      );
    }
  }

  rowsOf(type: RecordType): readonly StoredRow[] {
    return this.rowsIn(type.table);
  }

  idsOf(type: RecordType, rows: readonly StoredRow[] = this.rowsOf(type)): string[] {
    return rows.map((row) => encodeId(type.tag, row.id));
  }

  /** The rows of a type that a caller sees, or those that they do not. */
  split(type: RecordType, caller: Caller): { seen: StoredRow[]; hidden: StoredRow[] } {
    const viewer = this.viewer(caller);
    const sees = (row: StoredRow): boolean => isIn(audienceOf(type, row), viewer);
    const rows = this.rowsOf(type);
    return { seen: rows.filter(sees), hidden: rows.filter((row) => !sees(row)) };
  }

  seenIds(type: RecordType, caller: Caller): ReadonlySet<string> {
    return this.once(
      `seen ${type.name} ${caller.title}`,
      () => new Set(this.idsOf(type, this.split(type, caller).seen)),
    );
  }

  viewer({ role, slug }: Caller): Viewer {
    if (slug === undefined) return viewerAs(role);
    const owner = this.rowsIn(role.toLowerCase()).find((row) => row.slug === slug);
    if (owner === undefined) throw new Error(`no ${role} is called ${slug}`);
    return viewerAs(role, owner.id);
  }

  /** All links of a relation that the caller may follow if they see what it leads to, as global ids. */
  linksOf(relation: Relation, caller: Caller): readonly Link[] {
    const title = `links ${relation.from.name}.${relation.name} ${caller.title}`;
    return this.once(title, () => this.readLinks(relation, caller));
  }

  private readLinks(relation: Relation, caller: Caller): Link[] {
    const [fromColumn, toColumn] =
      relation.kind === "children" ? [relation.by, "id"] : [relation.join.fromColumn, relation.join.toColumn];
    const table = relation.kind === "children" ? relation.to.table : relation.join.table;
    const edges = catalogue.findByTable(table);
    const rows = edges === undefined ? this.rowsIn(table) : this.split(edges, caller).seen;
    const [parents, seen] = [new Set(this.idsOf(relation.from)), this.seenIds(relation.to, caller)];
    return rows
      .filter((row) => row[snakeCase(fromColumn)] !== null)
      .map((row) => ({
        from: encodeId(relation.from.tag, row[snakeCase(fromColumn)]),
        to: encodeId(relation.to.tag, row[snakeCase(toColumn)]),
      }))
      .filter(({ from, to }) => parents.has(from) && seen.has(to));
  }

  /** Asks, and fails where there are errors. */
  async data(caller: Caller, query: string, variables?: object): Promise<any> {
    const { data, errors } = await this.ask(caller, { query, variables });
    if (errors !== undefined) throw new Error(`${caller.title}: ${JSON.stringify(errors)} for ${query.slice(0, 300)}`);
    return data;
  }

  /** What the Secretariat is answered, who sees all: it is asked once. */
  whole(query: string, variables?: object): Promise<any> {
    return this.once(`answer ${JSON.stringify([query, variables])}`, () =>
      this.data(SECRETARIAT_CALLS, query, variables),
    );
  }

  private once<Value>(title: string, make: () => Value): Value {
    if (!this.known.has(title)) this.known.set(title, make());
    return this.known.get(title) as Value;
  }

  ask(caller: Caller, question: Question): Promise<UntypedAnswer> {
    return postGraphql(this.api.url, question, headerOf(this.viewer(caller)));
  }

  /** The answer byte for byte, without the id of the request. */
  async text(caller: Caller, question: Question): Promise<string> {
    const response = await fetch(`${this.api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headerOf(this.viewer(caller)) },
      body: JSON.stringify(question),
    });
    const text = await response.text();
    return `${response.status} ${text.replace(/"requestId":"[^"]*"/g, '"requestId":""')}`;
  }

  close(): Promise<void> {
    return this.api.close();
  }

  private rowsIn(table: string): StoredRow[] {
    const rows = this.rows.get(table);
    if (rows === undefined) throw new Error(`no table ${table} was read`);
    return rows;
  }
}

export const SECRETARIAT_CALLS: Caller = { title: "SECRETARIAT", role: "SECRETARIAT" };

export interface ReferenceTo {
  title: string;
  from: RecordType;
  column: string;
  field: string;
  reference: Reference;
}

/** Every reference of any type that may lead to this one. */
export function referencesTo(type: RecordType): ReferenceTo[] {
  return catalogue.records.flatMap((from) =>
    Object.entries(from.references)
      .filter(([, { to, anyOf }]) => (anyOf === undefined ? to() === type : anyOf.members().includes(type)))
      .map(([column, reference]) => {
        const field = referenceField(column);
        return { title: `${from.name}.${field}`, from, column: snakeCase(column), field, reference };
      }),
  );
}

export function relationsTo(type: RecordType): Relation[] {
  return catalogue.relations.filter((relation) => relation.to === type);
}

/** An id next to this one, of a record that never was. */
export function neverWas(uuid: string): string {
  const last = Number.parseInt(uuid.slice(-1), 16) ^ 1;
  return uuid.slice(0, -1) + last.toString(16);
}
