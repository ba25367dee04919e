// What stands behind the reasons of a suggestion, as ids: the graph in memory may be another when rows are read.
import type { Profiles } from "./profiles";
import type { Question } from "./question";
import { networksOf, Scores } from "./scores";
import type { Suggestion } from "./suggest";
import type { TopicSets } from "./topic-sets";
import { partnersOf } from "./walk";
import type { ReasonKind } from "./weights";

/** Records that a reason shows at most; `count` says how many there are. */
export const EVIDENCE_AT_MOST = 10;

/** A reason with the records that it rests on. */
export interface PlainReason {
  kind: ReasonKind;
  weight: number;
  /** the records' ids, what says most first */
  evidence: readonly string[];
  /** how many records there are, of which evidence shows the first */
  count: number;
  /** the areas of action that are in common, by their names */
  areas: readonly string[];
}

export interface PlainSuggestion {
  partnerId: string;
  score: number;
  reasons: readonly PlainReason[];
}

interface Found {
  evidence: string[];
  count?: number;
  areas?: string[];
}

/** The suggestions of one question with their evidence. It takes a walk over the works of each suggested partner. */
export class Reasons {
  /** @param scores of the same question */
  constructor(
    private readonly profiles: Profiles,
    private readonly question: Question,
    private readonly scores: Scores = new Scores(profiles, question),
  ) {}

  of({ partner, score, reasons }: Suggestion): PlainSuggestion {
    return {
      partnerId: this.profiles.graph.partners.idOf(partner),
      score,
      reasons: reasons.map(({ kind, weight }): PlainReason => {
        const { evidence, count = evidence.length, areas = [] } = this.behind(kind, partner);
        return { kind, weight, evidence: evidence.slice(0, EVIDENCE_AT_MOST), count, areas };
      }),
    };
  }

  private behind(kind: ReasonKind, partner: number): Found {
    const { profiles, question } = this;
    const { interests } = profiles.graph;
    const { wants } = question;
    switch (kind) {
      case "COMMON_PARTNERS":
        return this.commonPartners(partner);
      case "SHARED_FIELD":
      case "WISHED_FIELD":
        return {
          evidence: common(profiles.fields, partner, wants.fields).map((field) => interests.fields.idOf(field)),
        };
      case "COMPLEMENTARY_FIELD":
        return this.closestFields(profiles.fields.of(partner));
      case "SHARED_GOALS":
      case "WISHED_GOALS":
        return { evidence: common(profiles.goals, partner, wants.goals).map((goal) => interests.goals.idOf(goal)) };
      case "SHARED_AREAS":
      case "WISHED_AREAS":
        return this.areas(partner, common(profiles.areas, partner, wants.areas));
      case "SHARED_NETWORK":
        return this.networks(partner);
      case "SHARED_REGION":
        return { evidence: this.countries(partner) };
      case "EXPERIENCE":
        return this.works(partner);
      case "UNDERSERVED_REGION":
        return { evidence: this.countries(partner).slice(-1), count: profiles.works[partner] as number };
    }
  }

  /** Of both, the partner's last; once where it is the same. */
  private countries(partner: number): string[] {
    const { traits } = this.profiles.graph;
    const ids = [this.question.asker, partner].map((one) => traits.countryOf(one)?.id);
    return [...new Set(ids.filter((id) => id !== undefined))];
  }

  private commonPartners(partner: number): Found {
    const { profiles } = this;
    const { walk } = this.scores;
    const weightOf = new Map(walk.partners.map((common, place) => [common, walk.weights[place] as number]));
    const common = partnersOf(profiles, partner).filter((other) => (weightOf.get(other) ?? 0) > 0);
    const { partners } = profiles.graph;
    common.sort((a, b) => (weightOf.get(b) ?? 0) - (weightOf.get(a) ?? 0) || partners.compare(a, b));
    return { evidence: common.slice(0, EVIDENCE_AT_MOST).map((other) => partners.idOf(other)), count: common.length };
  }

  /** The two fields, the asker's first, and in how many works they met. */
  private closestFields(theirs: readonly number[]): Found {
    const { complements, graph } = this.profiles;
    const pairs = this.question.wants.fields.flatMap((own) =>
      theirs.map((other) => ({ own, other, closeness: complements.between(own, other) })),
    );
    const [closest] = pairs.sort((a, b) => b.closeness - a.closeness);
    if (closest === undefined) return { evidence: [] };
    const { own, other } = closest;
    return {
      evidence: [own, other].map((field) => graph.interests.fields.idOf(field)),
      count: complements.togetherIn(own, other),
    };
  }

  /** Projects and practices of the partner that belong to the areas. */
  private areas(partner: number, areas: readonly number[]): Found {
    const { interests } = this.profiles.graph;
    const records = this.recordsOf(
      partner,
      (record) => this.profiles.isKindOfWork(record) && interests.areas.of(record).some((area) => areas.includes(area)),
    );
    return { ...records, areas: areas.map((area) => interests.areas.idOf(area)) };
  }

  private works(partner: number): Found {
    return this.recordsOf(partner, (record) => this.profiles.isWork(record));
  }

  /** What the partner takes part in, the newest first. */
  private recordsOf(partner: number, takes: (record: number) => boolean): Found {
    const { affiliations, records } = this.profiles.graph;
    const { ofPartners } = affiliations;
    const since = new Map<number, number>();
    ofPartners.each(partner, (record, at) => {
      if (takes(record)) since.set(record, ofPartners.sinceAt(at));
    });
    const found = [...since].sort(([a, aSince], [b, bSince]) => bSince - aSince || records.compare(a, b));
    return { evidence: found.slice(0, EVIDENCE_AT_MOST).map(([record]) => records.idOf(record)), count: found.length };
  }

  private networks(partner: number): Found {
    const { affiliations, records } = this.profiles.graph;
    const own = networksOf(this.profiles, this.question.asker);
    const shared = [...networksOf(this.profiles, partner)].filter((network) => own.has(network));
    shared.sort((a, b) => affiliations.sizeOf(a) - affiliations.sizeOf(b) || records.compare(a, b));
    return { evidence: shared.map((network) => records.idOf(network)) };
  }
}

/** What of some topics a partner has. */
function common(topics: TopicSets, partner: number, wanted: readonly number[]): number[] {
  return topics.of(partner).filter((topic) => wanted.includes(topic));
}
