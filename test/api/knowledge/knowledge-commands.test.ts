// What becomes of practices and of experts' missions.
import { TODAY } from "../../support/api";
import { Actors, type Actor } from "../../support/actors";
import { gql } from "../../support/gql";

let actors: Actors;
let secretariat: Actor;
let city: Actor;
let lender: Actor;
let other: Actor;
beforeAll(async () => {
  actors = await Actors.open();
  ({ secretariat } = actors);
  [city, lender, other] = [await actors.city("host"), await actors.city("lender"), await actors.city("other")];
  const collection = { slug: "good-practice", title: "Good Practice" };
  await secretariat.does("createPracticeCollection", collection, "practiceCollection { id }");
  const expert = { slug: "an-expert", name: "An Expert", city: { slug: "lender" } };
  await lender.does("createExpert", expert, "expert { id }");
});
afterAll(() => actors.close());

/** A practice that the city has submitted. */
async function submitted(slug: string): Promise<{ by: { slug: string } }> {
  const input = { slug, title: slug, collection: { slug: "good-practice" }, submittedBy: { slug: "host" } };
  const { practice } = await city.does("createPractice", input, "practice { state }");
  expect(practice).toEqual({ state: "SUBMITTED" });
  return { by: { slug } };
}

const SEEN = gql(`query ($slug: String!) { practice(by: { slug: $slug }) { state } }`);

describe("acceptPractice", () => {
  it("shows to everybody what its city and the Secretariat alone saw, by the Secretariat alone", async () => {
    const practice = await submitted("is-accepted");
    expect(await other.sees(SEEN, { slug: "is-accepted" })).toEqual({ practice: null });
    expect(await city.isRefused("acceptPractice", practice)).toMatchObject({ code: "FORBIDDEN" });
    expect(await secretariat.does("acceptPractice", practice, "practice { state }")).toEqual({
      practice: { state: "ACCEPTED" },
    });
    expect(await other.sees(SEEN, { slug: "is-accepted" })).toEqual({ practice: { state: "ACCEPTED" } });
    expect(await city.isRefused("updatePractice", { ...practice, title: "Better" })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the practice was accepted: ask the Secretariat to change it",
    });
  });
});

describe("declinePractice", () => {
  it("leaves the practice to its city, which others do not see, by the Secretariat alone", async () => {
    const practice = await submitted("is-declined");
    expect(await city.isRefused("declinePractice", practice)).toMatchObject({ code: "FORBIDDEN" });
    expect(await secretariat.does("declinePractice", practice, "practice { state }")).toEqual({
      practice: { state: "DECLINED" },
    });
    expect(await other.sees(SEEN, { slug: "is-declined" })).toEqual({ practice: null });
    expect(await secretariat.isRefused("acceptPractice", practice)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the practice was declined: the city may submit it again first",
    });
  });
});

describe("resubmitPractice", () => {
  it("submits again what was declined, by its city", async () => {
    const practice = await submitted("is-resubmitted");
    expect(await city.isRefused("resubmitPractice", practice)).toMatchObject({ code: "NOT_ALLOWED_NOW" });
    await secretariat.does("declinePractice", practice, "practice { id }");
    expect(await other.isRefused("resubmitPractice", practice)).toMatchObject({ code: "NOT_FOUND" });
    expect(await city.does("resubmitPractice", practice, "practice { state }")).toEqual({
      practice: { state: "SUBMITTED" },
    });
    await secretariat.does("acceptPractice", practice, "practice { id }");
  });
});

/** A mission that the city has asked for. */
async function requested(topic: string, startsOn: string | null = null): Promise<{ by: { id: string } }> {
  const input = { expert: { slug: "an-expert" }, hostCity: { slug: "host" }, topic, startsOn };
  const { expertMission } = await city.does("createExpertMission", input, "expertMission { id state }");
  expect(expertMission.state).toBe("REQUESTED");
  return { by: { id: expertMission.id } };
}

async function agreed(topic: string, startsOn: string | null = null): Promise<{ by: { id: string } }> {
  const mission = await requested(topic, startsOn);
  await lender.does("agreeToMission", mission, "expertMission { id }");
  return mission;
}

describe("agreeToMission", () => {
  it("is the lender's; what was agreed to moves to other days, and is else what it was", async () => {
    const mission = await requested("is agreed to");
    expect(await city.isRefused("agreeToMission", mission)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lender.does("agreeToMission", mission, "expertMission { state }")).toEqual({
      expertMission: { state: "AGREED" },
    });
    await city.does("updateExpertMission", { ...mission, startsOn: "2027-02" }, "expertMission { state }");
    expect(await city.isRefused("updateExpertMission", { ...mission, topic: "another" })).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the mission was decided about, and is not changed or deleted any more",
    });
  });
});

describe("declineMission", () => {
  it("is the lender's, and stands", async () => {
    const mission = await requested("is declined");
    expect(await city.isRefused("declineMission", mission)).toMatchObject({ code: "FORBIDDEN" });
    expect(await lender.does("declineMission", mission, "expertMission { state }")).toEqual({
      expertMission: { state: "DECLINED" },
    });
    expect(await lender.isRefused("agreeToMission", mission)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the mission was declined, and stays so: request another one",
    });
  });
});

describe("completeMission", () => {
  it("says that a mission took place which has begun, by either city", async () => {
    const mission = await agreed("is completed", TODAY);
    expect(await other.isRefused("completeMission", mission)).toMatchObject({ code: "FORBIDDEN" });
    expect(await city.does("completeMission", mission, "expertMission { state }")).toEqual({
      expertMission: { state: "COMPLETED" },
    });
    const later = await agreed("is to begin", "2026-11-21");
    expect(await lender.isRefused("completeMission", later)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the mission has not begun: it starts on 2026-11-21, so complete it then, or correct startsOn",
    });
  });
});

describe("cancelMission", () => {
  it("gives a mission up, also one that was agreed to, by either city", async () => {
    const [one, another] = [await requested("is given up"), await agreed("is given up later")];
    expect(await other.isRefused("cancelMission", one)).toMatchObject({ code: "FORBIDDEN" });
    expect(await city.does("cancelMission", one, "expertMission { state }")).toEqual({
      expertMission: { state: "CANCELLED" },
    });
    expect(await lender.does("cancelMission", another, "expertMission { state }")).toEqual({
      expertMission: { state: "CANCELLED" },
    });
    expect(await lender.isRefused("completeMission", another)).toEqual({
      code: "NOT_ALLOWED_NOW",
      message: "the mission was cancelled, and stays so: request another one",
    });
  });
});
