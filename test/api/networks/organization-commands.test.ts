// Two organizations turn out to be one.
import { Actors } from "../../support/actors";
import { gql } from "../../support/gql";

let actors: Actors;
beforeAll(async () => {
  actors = await Actors.open();
});
afterAll(() => actors.close());

describe("mergeOrganizations", () => {
  it("leads what led to the one to the other, with its parts in projects and its key, by the Secretariat alone", async () => {
    const [goes, stays] = [await actors.organization("goes"), await actors.organization("stays")];
    await goes.does("createProject", { slug: "of-the-one", title: "Of the One" }, "project { id }");
    const merge = { by: { slug: "goes" }, into: { slug: "stays" } };
    expect(await stays.isRefused("mergeOrganizations", merge)).toMatchObject({ code: "FORBIDDEN" });
    expect(await actors.secretariat.isRefused("mergeOrganizations", { ...merge, into: merge.by })).toMatchObject({
      code: "INVALID",
    });
    const { organization } = await actors.secretariat.does("mergeOrganizations", merge, "organization { slug }");
    expect(organization).toEqual({ slug: "stays" });
    const seen = await goes.sees(
      gql(
        '{ organization(by: { slug: "goes" }) { slug projects(first: 5) { nodes { slug } } } viewer { organization { slug } } }',
      ),
    );
    expect(seen).toEqual({
      organization: { slug: "stays", projects: { nodes: [{ slug: "of-the-one" }] } },
      viewer: { organization: { slug: "stays" } },
    });
    await stays.does("startProject", { by: { slug: "of-the-one" } }, "project { id }");
  });
});
