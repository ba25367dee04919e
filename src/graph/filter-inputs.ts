// The filter input of a record type, made from its declaration. What it means is in database/read/filter.ts.
import { Float, InputType, Int, type ClassType } from "type-graphql";
import type { Catalogue, FilterTypes } from "../database/declare/catalogue";
import {
  memberField,
  referenceField,
  shownColumns,
  type RecordType,
  type RecordUnion,
} from "../database/declare/record-type";
import { dayByDefault } from "../database/declare/relation";
import { CONDITIONS_AT_MOST } from "../database/read/filter";
import { upperFirst } from "../kernel/names";
import { comparatorOf, IdComparator, IntComparator } from "./comparators";
import { addInput } from "./declare-field";
import { addPoint } from "./order-inputs";
import { DateScalar } from "./scalars";

/** What is said of validOn, by what leaving it out means. */
export const DAY_DESCRIPTIONS = {
  today: "Only those in force on this day; left out, today; null, at any time.",
  anyTime: "Only those in force on this day; left out, at any time.",
};

class NearInput {}
InputType("NearInput", { description: "A circle on earth." })(NearInput);
addPoint(NearInput);
addInput(NearInput, {
  name: "withinKm",
  type: () => Float,
  description: "The circle's radius in kilometres, along the great circle.",
  required: true,
});

export class FilterInputs implements FilterTypes {
  private readonly filters = new Map<RecordType, ClassType>();

  constructor(readonly catalogue: Catalogue) {}

  filterOf(type: RecordType): ClassType {
    const known = this.filters.get(type);
    if (known !== undefined) return known;
    class Filter {}
    this.filters.set(type, Filter); // before its fields: filters refer to each other
    InputType(`${type.name}Filter`, {
      description:
        `Which ${type.plural} are meant. All conditions that are given must hold; ${CONDITIONS_AT_MOST} at most, ` +
        "counted through and, or, not and related records.",
    })(Filter);
    this.addLogic(type, Filter);
    this.addColumns(type, Filter);
    this.addReferences(type, Filter);
    this.addRelations(type, Filter);
    return Filter;
  }

  private addLogic(type: RecordType, filter: ClassType): void {
    addInput(filter, { name: "and", type: () => [filter], description: "All of these hold." });
    addInput(filter, {
      name: "or",
      type: () => [filter],
      description: "At least one of these holds; none does where the list is empty.",
    });
    addInput(filter, { name: "not", type: () => filter, description: "This does not hold." });
    addInput(filter, { name: "id", type: () => IdComparator, description: "Its id, as this API gave it." });
    if (type.dated !== undefined) {
      addInput(filter, { name: "validOn", type: () => DateScalar, description: "In force on this day." });
    }
    if (type.located !== undefined) {
      addInput(filter, {
        name: "near",
        type: () => NearInput,
        description: "Within this circle. One whose place is not known is in none.",
      });
    }
    for (const condition of this.catalogue.conditionsOn(type)) {
      const given = condition.takes === "day" ? DateScalar : Int;
      addInput(filter, { name: condition.name, type: () => given, description: condition.description });
    }
  }

  private addColumns(type: RecordType, filter: ClassType): void {
    for (const [name, column] of Object.entries(shownColumns(type))) {
      const comparator = comparatorOf(column);
      addInput(filter, { name, type: () => comparator, description: column.description });
    }
  }

  private addReferences(type: RecordType, filter: ClassType): void {
    for (const [column, reference] of Object.entries(type.references)) {
      const name = referenceField(column);
      const target = reference.anyOf
        ? this.unionFilter(reference.anyOf)
        : reference.nullable
          ? this.nullableReference(reference.to())
          : this.filterOf(reference.to());
      addInput(filter, { name, type: () => target, description: `${reference.description} It fulfils this.` });
    }
  }

  private readonly unions = new Map<RecordUnion, ClassType>();

  private unionFilter(union: RecordUnion): ClassType {
    const known = this.unions.get(union);
    if (known !== undefined) return known;
    class UnionFilter {}
    this.unions.set(union, UnionFilter);
    InputType(`${union.name}Filter`, {
      description: `Which ${union.name} is meant: of one type, and what it fulfils.`,
    })(UnionFilter);
    for (const member of union.members()) {
      const filter = this.filterOf(member);
      addInput(UnionFilter, {
        name: memberField(member),
        type: () => filter,
        description: `It is a ${member.name} that fulfils this.`,
      });
    }
    addInput(UnionFilter, {
      name: "isNull",
      type: () => Boolean,
      description: "True: there is none. False: there is one.",
    });
    return UnionFilter;
  }

  private readonly nullable = new Map<RecordType, ClassType>();

  /** The filter of a record that may be missing: the record's own, and isNull. */
  private nullableReference(type: RecordType): ClassType {
    const known = this.nullable.get(type);
    if (known !== undefined) return known;
    const filter = this.filterOf(type);
    class NullableFilter extends filter {}
    this.nullable.set(type, NullableFilter);
    InputType(`Nullable${type.name}Filter`, {
      description: `As ${type.name}Filter, of a reference that may be missing.`,
    })(NullableFilter);
    addInput(NullableFilter, {
      name: "isNull",
      type: () => Boolean,
      description: "True: there is none, or it is not known. False: there is one.",
    });
    return NullableFilter;
  }

  private addRelations(type: RecordType, filter: ClassType): void {
    for (const relation of this.catalogue.relationsFrom(type)) {
      const target = this.filterOf(relation.to);
      class RelationFilter {}
      InputType(`${type.name}${upperFirst(relation.name)}Condition`, {
        description: `What is asked of the ${relation.name} of a ${type.name}. At least one of some, none and count.`,
      })(RelationFilter);
      addInput(RelationFilter, { name: "some", type: () => target, description: "At least one fulfils this." });
      addInput(RelationFilter, { name: "none", type: () => target, description: "Not one fulfils this." });
      addInput(RelationFilter, { name: "count", type: () => IntComparator, description: "How many there are." });
      const day = dayByDefault(relation);
      if (day !== undefined) {
        addInput(RelationFilter, {
          name: "validOn",
          type: () => DateScalar,
          description: DAY_DESCRIPTIONS[day],
        });
      }
      addInput(filter, { name: relation.name, type: () => RelationFilter, description: relation.description });
    }
  }
}
