// The clock that buckets in memory refill by, in the hands of a test.

/** Stands still until it is moved. Put the real one back with jest.restoreAllMocks(). */
export class FakeTime {
  private nowMs = performance.now();

  constructor() {
    jest.spyOn(performance, "now").mockImplementation(() => this.nowMs);
  }

  pass(ms: number): void {
    this.nowMs += ms;
  }
}
