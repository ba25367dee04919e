// The types that Prisma generates from prisma/schema.prisma: rows, for declarations and commands, and what Prisma Client takes.
export type * from "./generated/client";
