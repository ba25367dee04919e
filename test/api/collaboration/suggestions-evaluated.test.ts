// The table of how well suggestions foretell, and the command that prints it, on the reference dataset.
import { openTestDatabase } from "../../support/test-database";
import { startApi, TODAY } from "../../support/api";
import { gql } from "../../support/gql";
import { evaluateSuggestions } from "../../../src/collaboration/upkeep/evaluate-suggestions";

const QUERY = gql(`{ suggestionModel {
  revision evaluatedOn hiddenProjects questions rows { model hitRateAt10 meanReciprocalRank }
} }`);

describe("the evaluation of suggestions", () => {
  it("is the same from the API and from the database, twice, and beats both plainer models", async () => {
    const api = await startApi();
    try {
      const { suggestionModel } = await api.data(QUERY);
      const { revision, evaluatedOn, ...figures } = suggestionModel;
      expect(revision).toBe("1");
      expect(evaluatedOn).toBe(TODAY);
      expect(figures).toMatchObject({ hiddenProjects: 12, questions: 91 });
      expect(await evaluateSuggestions(api.database, TODAY)).toEqual(figures);
      expect((await api.data(QUERY)).suggestionModel).toEqual(suggestionModel);
      const [own, ...plainer] = figures.rows;
      expect(own?.model).toBe("SUGGESTIONS");
      for (const { hitRateAt10, meanReciprocalRank } of plainer) {
        expect(own!.hitRateAt10).toBeGreaterThan(hitRateAt10!);
        expect(own!.meanReciprocalRank).toBeGreaterThan(meanReciprocalRank!);
      }
    } finally {
      await api.close();
    }
  });

  it("has no figures where there are no projects", async () => {
    const backend = await openTestDatabase();
    try {
      await backend.database.write("test", (session) =>
        session.execute(`DELETE FROM project_participation; DELETE FROM project`),
      );
      const { hiddenProjects, questions, rows } = await evaluateSuggestions(backend.database, TODAY);
      expect([hiddenProjects, questions]).toEqual([0, 0]);
      expect(rows.map(({ hitRateAt10, meanReciprocalRank }) => [hitRateAt10, meanReciprocalRank])).toEqual([
        [null, null],
        [null, null],
        [null, null],
      ]);
    } finally {
      await backend.close();
    }
  });
});
