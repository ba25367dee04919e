// What must not compile of Prisma Client in a lease: each line below one that expects an error is a mistake that the compiler finds.
// Nothing here is run.
import type { LeasedPrisma } from "../../src/database/client/prisma";

declare function used(value: unknown): void;
declare const prisma: LeasedPrisma;

// @ts-expect-error SQL is asked of the session itself
used(prisma.$queryRaw`SELECT 1`);
// @ts-expect-error the same of SQL that changes something
used(prisma.$executeRawUnsafe("SELECT 1"));
// @ts-expect-error the log is written by the database alone
used(prisma.changeLog.deleteMany());
// @ts-expect-error its column of JSON comes parsed, which Prisma does not expect
used(prisma.idempotentWrite.findMany());
// @ts-expect-error no column is called so
used(prisma.designation.findMany({ where: { town: "krakow" } }));

export const rows = prisma.designation.findMany({ where: { endedOn: null }, select: { id: true, endedOn: true } });
// @ts-expect-error it was not selected
void rows.then(([row]) => row?.designatedOn);
