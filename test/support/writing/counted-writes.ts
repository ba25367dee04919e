// Counts the statements of writing transactions, so that tests can show that two writes cannot be told apart by them.
import type { Database, Session } from "../../../src/database/database";

export class CountedWrites {
  private count = 0;

  /** Give this to WriteFixture.open: `{ wrap: (database) => counted.over(database) }`. */
  over(database: Database): Database {
    return {
      ...database,
      write: (actor, work) => database.write(actor, (session) => work(this.counting(session))),
    };
  }

  /** What the work came to, and the statements of the transactions in it. One piece of work at a time. */
  async during<T>(work: () => Promise<T>): Promise<{ outcome: T; statements: number }> {
    this.count = 0;
    const outcome = await work();
    return { outcome, statements: this.count };
  }

  private counting(session: Session): Session {
    return {
      query: (statement) => {
        this.count += 1;
        return session.query(statement);
      },
      execute: (script) => {
        this.count += 1;
        return session.execute(script);
      },
    };
  }
}
