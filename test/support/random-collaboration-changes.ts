// Everything that can become of what links partners, each as one write on a record drawn by a seed.
import sql, { raw } from "sql-template-tag";
import { between } from "../../src/kernel/random";
import type { Change } from "./random-collaboration-change";

/** Shared by two at least, so that a change of it can change a link. */
const SHARED_PROJECT = `status <> 'CANCELLED' AND
  (SELECT count(*) FROM project_participation p WHERE p.project_id = t.id AND p.status = 'ACCEPTED') BETWEEN 2 AND 20`;
const IN_SHARED_PROJECT = `project_id IN (SELECT t.id FROM project t WHERE ${SHARED_PROJECT})`;
const SHARED_PRACTICE = "(SELECT count(*) FROM practice_city c WHERE c.record_id = t.id) > 1";

export const CHANGES: readonly (readonly [title: string, make: (change: Change) => Promise<void>])[] = [
  ["a partner declined", (change) => setStatus(change, "DECLINED", "ACCEPTED")],
  ["a partner left a project", (change) => setStatus(change, "LEFT", "ACCEPTED")],
  ["an invited partner accepted", (change) => setStatus(change, "ACCEPTED", "INVITED")],
  [
    "a part in a project got other days",
    async (change) => {
      const [since, until] = change.period();
      const id = await change.one("project_participation", IN_SHARED_PROJECT);
      await change.run(sql`UPDATE project_participation SET since = ${since}, until = ${until} WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a project got other days",
    async (change) => {
      const [since, until] = change.period();
      const id = await change.one("project", SHARED_PROJECT);
      await change.run(sql`UPDATE project SET starts_on = ${since}, ends_on = ${until} WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a project was cancelled",
    async (change) => {
      const id = await change.one("project", SHARED_PROJECT);
      await change.run(sql`UPDATE project SET status = 'CANCELLED' WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a cancelled project goes on",
    async (change) => {
      const id = await change.one(
        "project",
        "status = 'CANCELLED' AND (SELECT count(*) FROM project_participation p WHERE p.project_id = t.id AND p.status = 'ACCEPTED') > 1",
      );
      await change.run(sql`UPDATE project SET status = 'ACTIVE' WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a part in a project is given to somebody else",
    async (change) => {
      const id = await change.one("project_participation", `${IN_SHARED_PROJECT} AND status = 'ACCEPTED'`);
      const city = await change.one(
        "city",
        `NOT EXISTS (SELECT FROM project_participation p WHERE p.partner_id = t.id AND p.project_id =
          (SELECT project_id FROM project_participation WHERE id = '${id}'))`,
      );
      await change.run(sql`UPDATE project_participation SET partner_id = ${city}::uuid WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a project was deleted",
    async (change) => {
      const id = await change.one("project", SHARED_PROJECT);
      await change.run(sql`DELETE FROM project_participation WHERE project_id = ${id}::uuid`);
      await change.run(sql`DELETE FROM project WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a membership ended",
    async (change) => {
      const id = await change.one("network_membership", "until IS NULL");
      await change.run(sql`UPDATE network_membership SET until = coalesce(since, '2001') WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a membership was recorded by mistake",
    async (change) => {
      const id = await change.one("network_membership");
      await change.run(sql`DELETE FROM network_membership WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a city joined a network",
    async (change) => {
      const other = await change.one("network_membership");
      const city = await change.one("city", "NOT EXISTS (SELECT FROM network_membership m WHERE m.city_id = t.id)");
      const [since, until] = change.period();
      await change.with(async (prisma) => {
        const { networkId } = await prisma.networkMembership.findUniqueOrThrow({ where: { id: other } });
        await prisma.networkMembership.create({ data: { networkId, cityId: city, since, until, role: "MEMBER" } });
      });
    },
  ],
  [
    "a network states another number of members",
    async (change) => {
      const id = await change.one(
        "network",
        "(SELECT count(DISTINCT city_id) FROM network_membership m WHERE m.network_id = t.id) BETWEEN 2 AND 20",
      );
      const count = between(change.random, 0, 60);
      await change.run(sql`UPDATE network SET stated_member_count = ${count} WHERE id = ${id}::uuid`);
    },
  ],
  [
    "an agreement has another party",
    async (change) => {
      const id = await change.one("network_agreement");
      const network = await change.one(
        "network",
        `NOT EXISTS (SELECT FROM network_agreement_party p WHERE p.network_id = t.id AND p.record_id = '${id}')`,
      );
      await change.with((prisma) =>
        prisma.networkAgreementParty.create({ data: { recordId: id, networkId: network } }),
      );
    },
  ],
  [
    "an agreement holds on other days",
    async (change) => {
      const [since, until] = change.period();
      const id = await change.one("network_agreement");
      await change.run(sql`UPDATE network_agreement SET since = ${since}, until = ${until} WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a practice was accepted",
    (change) => setState(change, "practice", "ACCEPTED", `state <> 'ACCEPTED' AND ${SHARED_PRACTICE}`),
  ],
  [
    "a practice was withdrawn",
    (change) =>
      setState(
        change,
        "practice",
        "DECLINED",
        `state = 'ACCEPTED' AND submitted_by_id IS NOT NULL AND ${SHARED_PRACTICE}`,
      ),
  ],
  [
    "a practice was deleted",
    async (change) => {
      const id = await change.one("practice", SHARED_PRACTICE);
      await change.run(sql`DELETE FROM practice WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a practice is shared by another city",
    async (change) => {
      const id = await change.one("practice", "state = 'ACCEPTED'");
      const city = await change.one(
        "city",
        `NOT EXISTS (SELECT FROM practice_city c WHERE c.city_id = t.id AND c.record_id = '${id}')`,
      );
      await change.with((prisma) => prisma.practiceCity.create({ data: { recordId: id, cityId: city } }));
    },
  ],
  [
    "a mission was completed",
    (change) => setState(change, "expert_mission", "COMPLETED", "state IN ('REQUESTED', 'DECLINED')"),
  ],
  [
    "a mission was cancelled",
    (change) => setState(change, "expert_mission", "CANCELLED", "state IN ('AGREED', 'COMPLETED')"),
  ],
  [
    "an expert moved",
    async (change) => {
      const id = await change.one(
        "expert",
        "EXISTS (SELECT FROM expert_mission m WHERE m.expert_id = t.id AND m.state IN ('AGREED', 'COMPLETED'))",
      );
      const city = await change.one("city");
      await change.run(sql`UPDATE expert SET city_id = ${city}::uuid WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a meeting was hosted by another city too",
    async (change) => {
      const id = await change.one("meeting");
      const city = await change.one(
        "city",
        `NOT EXISTS (SELECT FROM meeting_host h WHERE h.city_id = t.id AND h.record_id = '${id}')`,
      );
      await change.with((prisma) => prisma.meetingHost.create({ data: { recordId: id, cityId: city } }));
    },
  ],
  [
    "a meeting was in another year",
    async (change) => {
      const id = await change.one("meeting", "number >= 1000");
      await change.run(sql`UPDATE meeting SET starts_on = NULL, ends_on = NULL, year = 2003 WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a city lies in another country",
    async (change) => {
      const id = await change.one("city", "slug LIKE 'random-%'");
      const country = await change.one("country", "code IN ('PL', 'SN')");
      await change.run(sql`UPDATE city SET country_id = ${country}::uuid WHERE id = ${id}::uuid`);
    },
  ],
  [
    "an organization moved",
    async (change) => {
      const id = await change.one("organization");
      const city = await change.one("city");
      await change.run(sql`UPDATE organization SET city_id = ${city}::uuid WHERE id = ${id}::uuid`);
    },
  ],
  [
    "a designation ended",
    async (change) => {
      const id = await change.one(
        "designation",
        "ended_on IS NULL AND city_id IN (SELECT city_id FROM network_membership)",
      );
      await change.run(sql`UPDATE designation SET ended_on = designated_on WHERE id = ${id}::uuid`);
    },
  ],
];

async function setStatus(change: Change, status: string, from: string): Promise<void> {
  const id = await change.one("project_participation", `status = '${from}' AND ${IN_SHARED_PROJECT}`);
  await change.run(
    sql`UPDATE project_participation SET status = ${status}::participation_status WHERE id = ${id}::uuid`,
  );
}

async function setState(
  change: Change,
  table: "practice" | "expert_mission",
  state: string,
  where: string,
): Promise<void> {
  const id = await change.one(table, where);
  const type = raw(table === "practice" ? "practice_state" : "mission_state");
  await change.run(sql`UPDATE ${raw(table)} SET state = ${state}::${type} WHERE id = ${id}::uuid`);
}
