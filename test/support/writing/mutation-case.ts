// One mutation made ready to be done: parties with keys of their own, the record that it is done to in the state that it needs,
// and an input that is right. What mutation-needs.ts does not say is made up by the types of the input's fields.
import { getNamedType, isEnumType, type GraphQLInputField } from "graphql";
import { catalogue } from "../../../src/catalogue";
import { createKey } from "../../../src/access/key-store";
import { decodeId } from "../../../src/kernel/ids";
import { SCOPED_ROLES, type ScopedRole } from "../../../src/kernel/viewer";
import { EVERY_PARTNER, RIGHTS } from "../rights-document";
import { isList, required, typeName, type Mutation } from "./mutations";
import { RECORDS, COMMANDS, type RecordNeeds, type CommandNeeds, type Who } from "./mutation-needs";
import { MUTATIONS, type Party, type WriteFixture } from "./write-fixture";

/** Records that are there from the beginning. */
const STANDING: Readonly<Record<string, object>> = {
  Country: { code: "PL" },
  CreativeField: { slug: "music" },
  SustainableDevelopmentGoal: { number: 11 },
  Meeting: { number: 12 },
};

/** Who may create, update or delete a record, as docs/rights.md has it: those whose it is, or who lead it, are we. */
function whoMay(mutation: string): Who {
  const [holder] = RIGHTS[mutation] ?? [];
  return holder === undefined ? "secretariat" : holder === EVERY_PARTNER ? "anyone" : "us";
}

export class MutationCase {
  private readonly made = new Map<string, string>();
  private we: Party | undefined;
  private they: Party | undefined;
  input: Record<string, unknown> = {};
  targetId: string | undefined;

  private constructor(
    readonly fixture: WriteFixture,
    readonly mutation: Mutation,
    readonly record: RecordNeeds,
    readonly command: CommandNeeds | undefined,
  ) {}

  /** @throws saying what to add where the mutation cannot be done */
  static async of(fixture: WriteFixture, mutation: Mutation): Promise<MutationCase> {
    const record = RECORDS[mutation.on] ?? {};
    const command = COMMANDS[mutation.name];
    if (mutation.kind === "command" && command === undefined) {
      throw new Error(
        `say in test/support/writing/mutation-needs.ts who may ${mutation.name}, and in which state the record must be`,
      );
    }
    const mutationCase = new MutationCase(fixture, mutation, record, command);
    if (mutation.hasTarget) await mutationCase.makeTarget();
    mutationCase.input = {
      ...(mutation.hasTarget ? { by: { id: mutationCase.targetId } } : {}),
      ...(await mutationCase.content(mutation)),
    };
    return mutationCase;
  }

  get who(): Who {
    if (this.command !== undefined) return this.command.may;
    return whoMay(this.mutation.name);
  }

  /** The right key: of those whose record it is, or the Secretariat's where nobody else may. */
  async token(): Promise<string> {
    return (await this.holder())?.token ?? this.fixture.tokens.secretariat;
  }

  /** Another key of the same rights. */
  async secondToken(): Promise<string> {
    const holder = await this.holder();
    if (holder === undefined) return this.fixture.tokens.secondSecretariat;
    const wish = {
      name: `second key ${this.fixture.number()}`,
      role: holder.role,
      scope: holder.uuid,
      expiresAt: null,
      createdBy: "test",
    };
    return (await this.fixture.api.database.write("test", (session) => createKey(session, wish, new Date()))).token;
  }

  /** Right as well, but not the same. */
  async otherInput(): Promise<Record<string, unknown>> {
    if (this.mutation.hasTarget) return { ...this.input, ifRevision: "2" };
    const [field] = this.mutation.fields.filter(({ name }) => name === "sources" || name === "name").reverse();
    if (field === undefined)
      throw new Error(`say in test/support/writing/mutation-case.ts how the input of ${this.mutation.name} can differ`);
    return { ...this.input, [field.name]: await this.value(field) };
  }

  /** Refused with what the caller can mend. */
  refusedInput(): Record<string, unknown> {
    if (this.mutation.hasTarget) return { ...this.input, ifRevision: "1" };
    const sources = this.mutation.fields.some(({ name }) => name === "sources");
    return { ...this.input, ...(sources ? { sources: [{ title: " " }] } : { name: " " }) };
  }

  /** A key of the same role as the right one, of somebody else. */
  async stranger(): Promise<Party> {
    return this.fixture.stranger((await this.holder())?.role ?? "CITY");
  }

  private async holder(): Promise<Party | undefined> {
    if (this.who === "secretariat") return undefined;
    return this.who === "them" ? this.them() : this.us();
  }

  async us(): Promise<Party> {
    return (this.we ??= await this.fixture.party(this.record.we ?? "CITY"));
  }

  async them(): Promise<Party> {
    return (this.they ??= await this.fixture.party("CITY"));
  }

  async ourselves(): Promise<object> {
    return { id: (await this.us()).id };
  }

  async themselves(): Promise<object> {
    return { id: (await this.them()).id };
  }

  number(): number {
    return this.fixture.number();
  }

  countryCode(): string {
    return this.fixture.countryCode();
  }

  /** There are no more than 17: one goes, so that it can be made again. */
  freeGoal(): Promise<number> {
    return this.fixture.freeGoal();
  }

  /** Makes a record, by the key that may. @returns its id, or the name of an API key */
  async make(type: string, given: object = {}): Promise<string> {
    const create = MUTATIONS.find((mutation) => mutation.kind === "create" && mutation.on === type);
    if (create === undefined) throw new Error(`no mutation makes a ${type}`);
    const byUs = whoMay(create.name) !== "secretariat" && Object.keys(given).length === 0;
    const token = byUs ? (await this.us()).token : this.fixture.tokens.secretariat;
    const input = { ...(await this.content(create, given)), ...given };
    const { code, done } = await this.fixture.ask(create, input, token);
    const id = (done?.shown?.id ?? done?.shown?.name) as string | undefined;
    if (id === undefined || done.userErrors.length > 0) {
      const why = JSON.stringify(code ?? done.userErrors);
      throw new Error(
        `mutation-needs.ts must say more of the input of ${create.name}: ${JSON.stringify(input)} gives ${why}`,
      );
    }
    return id;
  }

  /** Sets columns of a record, as only its lifecycle does. */
  async put(id: string, columns: Readonly<Record<string, string>>): Promise<void> {
    const { tag, uuid } = decodeId(id);
    const table = catalogue.findByTag(tag)?.table;
    const assignments = Object.entries(columns).map(([column, value]) => `"${column}" = '${value}'`);
    await this.fixture.api.database.write("test", (session) =>
      session.execute(`UPDATE "${table}" SET ${assignments.join(", ")} WHERE id = '${uuid}'`),
    );
  }

  private async makeTarget(): Promise<void> {
    const { on } = this.mutation;
    this.targetId = this.record.self === true ? (await this.us()).id : await this.make(on);
    if (this.command?.from !== undefined) await this.put(this.targetId, this.command.from);
  }

  private async content(mutation: Mutation, given: object = {}): Promise<Record<string, unknown>> {
    const needs =
      mutation.kind === "create"
        ? RECORDS[mutation.on]
        : mutation.kind === "command"
          ? COMMANDS[mutation.name]
          : undefined;
    const said = Object.keys(given).length > 0 ? given : await needs?.input?.(this, this.targetId ?? "");
    const fields = mutation.kind === "update" ? [changeable(mutation)] : required(mutation);
    const input: Record<string, unknown> = { ...said };
    for (const field of fields) if (!(field.name in input)) input[field.name] = await this.value(field);
    return input;
  }

  /** A value that is right by its type. */
  async value(field: GraphQLInputField): Promise<unknown> {
    const value = await this.one(field);
    return isList(field) ? [value] : value;
  }

  private async one(field: GraphQLInputField): Promise<unknown> {
    const type = getNamedType(field.type);
    const n = this.number();
    if (isEnumType(type)) return type.getValues()[0]?.name;
    if (type.name.endsWith("Ref")) return this.reference(type.name.slice(0, -"Ref".length));
    const name = field.name;
    switch (type.name) {
      case "String":
        return name === "slug" ? `made-${n}` : `${name} ${n}`;
      case "Int":
        return /year/i.test(name) ? 2100 + (n % 100) : n;
      case "Date":
      case "PartialDate":
        return /close|end|until|left|due/i.test(name) ? "2026-12-31" : "2026-11-01";
      case "DateTime":
        return "2027-01-01T00:00:00.000Z";
      case "URL":
        return `https://made.example.org/${n}`;
      case "CountryCode":
        return this.countryCode();
      case "Boolean":
        return true;
      case "GeoPointInput":
        return { latitude: 10, longitude: n % 100 };
      case "ExternalIdInput":
        return { scheme: "TESTS", value: `made ${n}` };
      case "SourceInput":
        return { title: `Source ${n}` };
      case "LocalizedNameInput":
        return { name: `Name ${n}` };
      default:
        throw new Error(`say in test/support/writing/mutation-case.ts what a ${type.name} is made of, for ${name}`);
    }
  }

  private async reference(type: string): Promise<object> {
    const standing = STANDING[type];
    if (standing !== undefined) return standing;
    if (type === "Partner" || type === SCOPED_ROLES[this.record.we ?? "CITY"]) return this.ourselves();
    if (type === "City") return this.themselves();
    const scoped = Object.entries(SCOPED_ROLES).find(([, name]) => name === type);
    if (scoped !== undefined) return { id: (await this.fixture.party(scoped[0] as ScopedRole)).id };
    const id = this.made.get(type) ?? (await this.make(type));
    this.made.set(type, id);
    return { id };
  }
}

/** The field that an update changes where one is enough: one that whoever may do it may change. */
function changeable(mutation: Mutation): GraphQLInputField {
  const simple = ["String", "PartialDate", "Date", "Int", "URL"];
  const { columns } = catalogue.getByName(mutation.on);
  const found = simple.flatMap((type) =>
    mutation.fields.filter((field) => typeName(field) === type && columns[field.name]?.official === false),
  );
  if (found[0] === undefined) throw new Error(`${mutation.name} has no simple field to change`);
  return found[0];
}
