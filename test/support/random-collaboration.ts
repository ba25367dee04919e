// A graph of collaboration by a seed, beside the dataset: whatever links partners, on all sorts of days, with rows that link nobody and
// rows that not everybody sees among them.
import sql, { raw } from "sql-template-tag";
import type { Database } from "../../src/database/database";
import { between, pick, type Random } from "../../src/kernel/random";
import { RandomValues, shuffled } from "./random-collaboration-values";

/** Whom the graph is about, by their UUIDs. */
export interface RandomPartners {
  cities: string[];
  networks: string[];
  organizations: string[];
}

/** Rows of tables, in the order in which they are to be inserted. */
type Rows = { into: string; rows: Record<string, unknown>[] }[];

interface Found {
  cities: string[];
  networks: string[];
  home: string;
  countries: string[];
  fields: string[];
  collection: string;
}

const NEW_CITIES = 24;
const OLD_CITIES = 18;
const NEW_NETWORKS = 8;
const NEW_ORGANIZATIONS = 26;
const PROJECTS = 40;
/** Of dozens of countries of the dataset, so that filters leave some in and some out. */
const COUNTRIES = ["PL", "FR", "BR", "SN", "JP", "EG"];

export async function addRandomCollaboration(database: Database, random: Random): Promise<RandomPartners> {
  const found = await find(database, random);
  const graph = new RandomGraph(random, found);
  await database.write("test", async (session) => {
    for (const { into, rows } of graph.rows()) {
      if (rows.length === 0) continue;
      const columns = Object.keys(rows[0] ?? {}).join(", ");
      await session.query(sql`
        INSERT INTO ${raw(into)} (${raw(columns)})
        SELECT ${raw(columns)} FROM json_populate_recordset(NULL::${raw(into)}, ${JSON.stringify(rows)}::json)`);
    }
  });
  return graph.partners;
}

async function find(database: Database, random: Random): Promise<Found> {
  const ids = async (query: string): Promise<string[]> =>
    (await database.query<{ id: string }>(sql`${raw(query)}`)).map(({ id }) => id);
  const cities = shuffled(random, await ids("SELECT id FROM city ORDER BY slug"));
  const list = COUNTRIES.map((code) => `'${code}'`).join(", ");
  return {
    cities: cities.slice(0, OLD_CITIES),
    networks: shuffled(random, await ids("SELECT id FROM network WHERE kind <> 'HOME' ORDER BY slug")).slice(0, 3),
    home: (await ids("SELECT id FROM network WHERE kind = 'HOME'"))[0] ?? "",
    countries: await ids(`SELECT id FROM country WHERE code IN (${list}) ORDER BY code`),
    fields: await ids("SELECT id FROM creative_field ORDER BY slug"),
    collection: (await ids("SELECT id FROM practice_collection ORDER BY slug"))[0] ?? "",
  };
}

class RandomGraph extends RandomValues {
  readonly partners: RandomPartners;
  private readonly mark: string;

  constructor(
    random: Random,
    private readonly found: Found,
  ) {
    super(random);
    this.mark = `random-${between(random, 0, 999_999)}`;
    this.partners = {
      cities: [...this.ids(NEW_CITIES), ...found.cities],
      networks: [...this.ids(NEW_NETWORKS), ...found.networks],
      organizations: this.ids(NEW_ORGANIZATIONS),
    };
  }

  rows(): Rows {
    const together = [...this.projects(), ...this.practices(), ...this.missions(), ...this.meetings()];
    return [...this.partnerRows(), ...this.designations(), ...this.memberships(), ...this.agreements(), ...together];
  }

  private partnerRows(): Rows {
    const { random, found, mark } = this;
    const { cities, networks, organizations } = this.partners;
    return [
      {
        into: "city",
        rows: cities.slice(0, NEW_CITIES).map((id, n) => {
          const country_id = pick(random, found.countries);
          return { id, slug: `${mark}-city-${n}`, name: `City ${n}`, kind: "city", country_id };
        }),
      },
      {
        into: "network",
        rows: networks.slice(0, NEW_NETWORKS).map((id, n) => ({
          id,
          slug: `${mark}-network-${n}`,
          name: `Network ${n}`,
          kind: pick(random, ["CITY_NETWORK", "COALITION", "CENTRE", "UMBRELLA"]),
          stated_member_count: pick(random, [null, null, 0, 2, 49, 50, 101]),
          members_complete: random() < 0.5,
          named_in_mission: false,
        })),
      },
      {
        into: "organization",
        rows: organizations.map((id, n) => {
          const city_id = random() < 0.7 ? pick(random, cities) : null;
          return { id, slug: `${mark}-organization-${n}`, name: `Organization ${n}`, sector: "PUBLIC", city_id };
        }),
      },
    ];
  }

  private designations(): Rows {
    const rows = this.partners.cities.slice(0, NEW_CITIES).flatMap((city_id) =>
      this.some(this.found.fields, between(this.random, 0, 2)).flatMap((creative_field_id) =>
        this.periods(between(this.random, 1, 2)).map(([since, ended_on]) => {
          return { id: this.id(), city_id, creative_field_id, designated_on: since ?? "1990", ended_on };
        }),
      ),
    );
    return [{ into: "designation", rows }];
  }

  private memberships(): Rows {
    const rows = this.partners.networks.slice(0, NEW_NETWORKS).flatMap((network_id) =>
      this.some(this.partners.cities.slice(0, NEW_CITIES), between(this.random, 0, 9)).flatMap((city_id) =>
        this.periods(pick(this.random, [1, 1, 1, 2, 3])).map(([since, until]) => {
          return { id: this.id(), network_id, city_id, since, until, role: "MEMBER" };
        }),
      ),
    );
    return [{ into: "network_membership", rows }];
  }

  private agreements(): Rows {
    const networks = [...this.partners.networks, this.found.home];
    const agreements = this.ids(6).map((id, n) => {
      const [since, until] = this.period();
      return { id, slug: `${this.mark}-agreement-${n}`, title: `Agreement ${n}`, kind: "MEMORANDUM", since, until };
    });
    return [
      { into: "network_agreement", rows: agreements },
      this.parts("network_agreement_party", agreements, "network_id", networks, 4),
    ];
  }

  private projects(): Rows {
    const { random, mark } = this;
    const { cities, networks, organizations } = this.partners;
    const all = [...cities, ...networks, ...organizations, this.found.home];
    // Those that do not share the same as all others may be merged.
    const most = [...cities.slice(2), ...networks, ...organizations.slice(4), this.found.home];
    // Some do much together, so that ways are found of many lengths; the others little.
    const busy = [...cities.slice(0, 14), ...cities.slice(-4), ...networks.slice(0, 3), ...organizations.slice(0, 8)];
    const projects = this.ids(PROJECTS).map((id, n) => {
      const [starts_on, ends_on] = this.period();
      const status = n === 0 ? "ACTIVE" : pick(random, ["PROPOSED", "ACTIVE", "ACTIVE", "COMPLETED", "CANCELLED"]);
      const lists = { themes: [], areas_of_action: [], objectives: [], beneficiaries: [] };
      return { id, slug: `${mark}-project-${n}`, title: `Project ${n}`, status, starts_on, ends_on, ...lists };
    });
    // The first is shared by almost all: more than carry a path, and more links than one answer has.
    const participations = projects.flatMap(({ id }, n) =>
      (n === 0 ? most : this.some(n % 4 === 1 ? all : busy, between(random, 1, 5))).map((partner_id, at) => {
        const [since, until] = random() < 0.5 ? this.period() : [null, null];
        const accepted = n === 0 || random() < 0.75;
        const status = accepted ? "ACCEPTED" : pick(random, ["INVITED", "DECLINED", "LEFT"]);
        const role = at === 0 && n % 2 === 0 ? "LEAD" : "PARTNER";
        return { id: this.id(), project_id: id, partner_id, role, status, since, until };
      }),
    );
    return [
      { into: "project", rows: projects },
      { into: "project_participation", rows: participations },
    ];
  }

  private practices(): Rows {
    const { random, found, mark } = this;
    const { cities } = this.partners;
    const practices = this.ids(12).map((id, n) => ({
      id,
      slug: `${mark}-practice-${n}`,
      title: `Practice ${n}`,
      collection_id: found.collection,
      areas_of_action: [],
      year: random() < 0.8 ? between(random, 1995, 2030) : null,
      state: pick(random, ["SUBMITTED", "ACCEPTED", "ACCEPTED", "DECLINED"]),
      submitted_by_id: pick(random, cities),
    }));
    return [{ into: "practice", rows: practices }, this.parts("practice_city", practices, "city_id", cities, 4)];
  }

  private missions(): Rows {
    const { random, mark } = this;
    const { cities } = this.partners;
    const experts = this.ids(6).map((id, n) => {
      const city_id = random() < 0.8 ? pick(random, cities) : null;
      return { id, slug: `${mark}-expert-${n}`, name: `Expert ${n}`, expertise: [], languages: [], city_id };
    });
    const missions = this.ids(20).map((id, n) => {
      const expert = pick(random, experts);
      const [starts_on, ends_on] = this.period();
      const state = pick(random, ["REQUESTED", "AGREED", "COMPLETED", "COMPLETED", "DECLINED", "CANCELLED"]);
      // Some come from the city that asks for them.
      const host_city_id = n % 7 === 0 && expert.city_id !== null ? expert.city_id : pick(random, cities);
      return { id, expert_id: expert.id, host_city_id, topic: `Mission ${n}`, starts_on, ends_on, state };
    });
    return [
      { into: "expert", rows: experts },
      { into: "expert_mission", rows: missions },
    ];
  }

  private meetings(): Rows {
    const { cities } = this.partners;
    const meetings = this.ids(6).map((id, n) => {
      const [starts_on, ends_on] = this.random() < 0.7 ? this.period() : [null, null];
      const year = Number((starts_on ?? ends_on ?? "2011").slice(0, 4));
      return { id, number: 1_000 + n, title: `Meeting ${n}`, year, starts_on, ends_on, priorities: [] };
    });
    return [{ into: "meeting", rows: meetings }, this.parts("meeting_host", meetings, "city_id", cities, 3)];
  }

  /** Who stands in records that have a list of them. */
  private parts(
    into: string,
    records: readonly { id: string }[],
    column: string,
    from: readonly string[],
    atMost: number,
  ): Rows[number] {
    const rows = records.flatMap(({ id }) =>
      this.some(from, between(this.random, 1, atMost)).map((other) => {
        return { id: this.id(), record_id: id, [column]: other };
      }),
    );
    return { into, rows };
  }
}
