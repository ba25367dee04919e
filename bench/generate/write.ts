// Synthetic rows into a database that has the reference lists and nothing else, in transactions of some thousand records.
import type { Database, Session } from "../../src/database/database";
import type { OnProgress } from "../../src/database/load/load";
import { readRevision } from "../../src/database/read/revision";
import { expertMission } from "../../src/knowledge/expert-mission.record";
import { expert } from "../../src/knowledge/expert.record";
import { practiceCollection } from "../../src/knowledge/practice-collection.record";
import { practice } from "../../src/knowledge/practice.record";
import { networkAgreement } from "../../src/networks/network-agreement.record";
import { networkMembership } from "../../src/networks/network-membership.record";
import { network } from "../../src/networks/network.record";
import { organization } from "../../src/networks/organization.record";
import { projectParticipation } from "../../src/projects/project-participation.record";
import { project } from "../../src/projects/project.record";
import { city } from "../../src/registry/city.record";
import { designationRound } from "../../src/registry/designation-round.record";
import { designation } from "../../src/registry/designation.record";
import { meeting } from "../../src/registry/meeting.record";
import { Batches, RECORDS_AT_ONCE } from "./batches";
import { cityRows, designationRows, roundRows, townsOf } from "./city-rows";
import { found, KnownIds } from "./known-ids";
import { insertLinks, insertMarked, insertRecords, type Link, type Values } from "./insert";
import { collectionRows, expertRows, meetingRows, missionRows, organizationRows, practiceRows } from "./knowledge-rows";
import { agreementRows, memberListsOf, membershipRows, networkRows } from "./network-rows";
import { projectRows, type ProjectRow } from "./project-rows";
import type { Reference } from "./reference";
import { countsBeside, type Size } from "./size";

/** In one transaction: they bring their parts along, about nine each. */
const PROJECTS_AT_ONCE = 1_000;

export interface GenerationReport {
  /** how many records of each type were written, in the order of writing */
  rows: { plural: string; count: number }[];
  revision: string;
}

/** @throws what the database refuses: what was written before stays */
export async function writeSynthetic(
  database: Database,
  size: Size,
  reference: Reference,
  onProgress: OnProgress,
): Promise<GenerationReport> {
  const batches = new Batches(database, onProgress);
  const writer = new SyntheticWriter(batches, size, reference, await KnownIds.read(database));
  await writer.writeRegistry();
  await writer.writeNetworks();
  await writer.writePractices();
  await writer.writeExperts();
  await writer.writeProjects();
  const rows = [...batches.counts].map(([plural, count]) => ({ plural, count }));
  return { rows, revision: (await readRevision(database)).revision };
}

class SyntheticWriter {
  private readonly towns;

  constructor(
    private readonly batches: Batches,
    private readonly size: Size,
    private readonly reference: Reference,
    private readonly ids: KnownIds,
  ) {
    this.towns = townsOf(size, reference);
  }

  async writeRegistry(): Promise<void> {
    const { size, reference, towns, ids } = this;
    await this.batches.write(designationRound.plural, roundRows(reference, towns), undefined, async (session, rows) => {
      const made = await insertMarked(session, designationRound, rows.map(valuesOf));
      rows.forEach(({ year }, i) => ids.rounds.set(year, found(made[i], year)));
    });
    await this.batches.write(city.plural, cityRows(size, reference, towns), size.cities, async (session, rows) => {
      const values = rows.map(({ countryCode, ...row }) => ({ ...row, countryId: ids.country(countryCode) }));
      ids.cities.push(...(await insertMarked(session, city, values)));
    });
    await this.batches.write(designation.plural, designationRows(size, reference, towns), undefined, (session, rows) =>
      insertRecords(
        session,
        designation,
        rows.map(({ city: number, field, year, ...row }) => ({
          ...row,
          cityId: ids.city(number),
          creativeFieldId: ids.field(field),
          roundId: ids.round(year),
        })),
      ),
    );
  }

  async writeNetworks(): Promise<void> {
    const { size, reference, towns, ids } = this;
    const memberLists = memberListsOf(size, reference, towns);
    await this.batches.write(network.plural, networkRows(size, memberLists), size.networks, async (session, rows) => {
      ids.networks.push(...(await insertMarked(session, network, rows.map(valuesOf))));
    });
    const memberships = memberLists.reduce((sum, { members }) => sum + members.length, 0);
    await this.batches.write(
      networkMembership.plural,
      membershipRows(size, memberLists),
      memberships,
      async (session, rows) => {
        const values = rows.map(({ network: number, city: member, ...row }) => ({
          ...row,
          networkId: found(ids.networks[number], number),
          cityId: ids.city(member),
        }));
        await insertRecords(session, networkMembership, values);
      },
    );
    await this.batches.write(networkAgreement.plural, agreementRows(size), undefined, async (session, rows) => {
      const values = rows.map(({ networks: _networks, ...row }) => row);
      const made = await insertMarked(session, networkAgreement, values);
      const parties = linksOf(rows, made, (row) => row.networks.map((number) => found(ids.networks[number], number)));
      await insertLinks(session, "network_agreement_party", "network_id", parties);
    });
    const { organizations } = countsBeside(size);
    await this.batches.write(organization.plural, organizationRows(size), organizations, async (session, rows) => {
      const values = rows.map(({ city: number, ...row }) => ({ ...row, cityId: ids.cityOrNone(number) }));
      ids.organizations.push(...(await insertMarked(session, organization, values)));
    });
  }

  async writePractices(): Promise<void> {
    const { size, reference, ids } = this;
    await this.batches.write(meeting.plural, meetingRows(size), undefined, async (session, rows) => {
      const made = await insertMarked(
        session,
        meeting,
        rows.map(({ hosts: _hosts, ...row }) => row),
      );
      ids.meetings.push(...made);
      const hosts = linksOf(rows, made, (row) => row.hosts.map(ids.city));
      await insertLinks(session, "meeting_host", "city_id", hosts);
    });
    await this.batches.write(practiceCollection.plural, collectionRows(), undefined, async (session, rows) => {
      ids.collections.push(...(await insertMarked(session, practiceCollection, rows.map(valuesOf))));
    });
    const { practices } = countsBeside(size);
    await this.batches.write(practice.plural, practiceRows(size, reference), practices, async (session, rows) => {
      const values = rows.map(({ collection, submittedBy, cities: _cities, goals: _goals, ...row }) => ({
        ...row,
        collectionId: found(ids.collections[collection], collection),
        submittedById: ids.city(submittedBy),
      }));
      const made = await insertMarked(session, practice, values);
      const cities = linksOf(rows, made, (row) => row.cities.map(ids.city));
      await insertLinks(session, "practice_city", "city_id", cities);
      const goals = linksOf(rows, made, (row) => row.goals.map(ids.goal));
      await insertLinks(session, "practice_goal", "goal_id", goals);
    });
  }

  async writeExperts(): Promise<void> {
    const { size, reference, towns, ids } = this;
    const { experts, missions } = countsBeside(size);
    await this.batches.write(expert.plural, expertRows(size, reference), experts, async (session, rows) => {
      const values = rows.map(({ city: number, fields: _fields, ...row }) => ({
        ...row,
        cityId: ids.cityOrNone(number),
      }));
      const made = await insertMarked(session, expert, values);
      ids.experts.push(...made);
      const fields = linksOf(rows, made, (row) => row.fields.map(ids.field));
      await insertLinks(session, "expert_creative_field", "creative_field_id", fields);
    });
    await this.batches.write(expertMission.plural, missionRows(size, towns), missions, (session, rows) =>
      insertRecords(
        session,
        expertMission,
        rows.map(({ expert: number, host, ...row }) => ({
          ...row,
          expertId: found(ids.experts[number], number),
          hostCityId: ids.city(host),
        })),
      ),
    );
  }

  async writeProjects(): Promise<void> {
    const { size, reference, towns } = this;
    const rows = projectRows(size, reference, towns);
    await this.batches.write(
      project.plural,
      rows,
      size.projects,
      (session, some) => this.writeProjectsWithParts(session, some),
      PROJECTS_AT_ONCE,
    );
  }

  private async writeProjectsWithParts(session: Session, rows: readonly ProjectRow[]): Promise<void> {
    const { ids } = this;
    const values = rows.map(({ meeting: number, fields: _fields, goals: _goals, parts: _parts, ...row }) => ({
      ...row,
      meetingId: number === null ? null : found(ids.meetings[number - 1], number),
    }));
    const made = await insertMarked(session, project, values);
    const fields = linksOf(rows, made, (row) => row.fields.map(ids.field));
    await insertLinks(session, "project_creative_field", "creative_field_id", fields);
    const goals = linksOf(rows, made, (row) => row.goals.map(ids.goal));
    await insertLinks(session, "project_goal", "goal_id", goals);
    const parts = rows.flatMap((row, i) =>
      row.parts.map(({ partner, ...part }) => ({ ...part, projectId: made[i], partnerId: ids.partner(partner) })),
    );
    for (let i = 0; i < parts.length; i += RECORDS_AT_ONCE) {
      await insertRecords(session, projectParticipation, parts.slice(i, i + RECORDS_AT_ONCE));
    }
    this.batches.count(projectParticipation.plural, parts.length);
  }
}

function valuesOf(row: object): Values {
  return { ...row };
}

function linksOf<Row>(rows: readonly Row[], ids: readonly string[], others: (row: Row) => readonly string[]): Link[] {
  return rows.flatMap((row, i) => others(row).map((other): Link => [found(ids[i], i), other]));
}
