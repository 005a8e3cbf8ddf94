import { expect } from "chai";

import { Health } from "../../scripts/lib/keeper/health.ts";

const MINUTE = 60_000;

describe("The keeper's health", () => {
  let now = 0;
  let health: Health;
  beforeEach(() => {
    now = 0;
    health = new Health(15, "round", () => now);
  });

  it("is bad before the first round has succeeded, and says what fails", () => {
    expect(health.illness()).to.equal("No round has succeeded yet.");
    health.failed("Nothing answers.");
    expect(health.illness()).to.equal("No round has succeeded yet. Nothing answers.");
  });

  it("is good from the first round on, and bears failures for five minutes", () => {
    health.succeeded();
    now = 5 * MINUTE;
    health.failed("Nothing answers.");
    expect(health.illness()).to.equal(undefined);
    now += 1_000;
    expect(health.illness()).to.equal("No round has succeeded for 301 seconds. Nothing answers.");
    health.succeeded();
    expect(health.illness()).to.equal(undefined);
  });

  it("is bad, too, if a round hangs and nothing is heard of it", () => {
    health.succeeded();
    now = 6 * MINUTE;
    expect(health.illness()).to.equal("No round has succeeded for 360 seconds.");
  });

  it("gives a keeper with long intervals four of them", () => {
    const slow = new Health(600, "settlement", () => now);
    slow.succeeded();
    now = 40 * MINUTE;
    expect(slow.illness()).to.equal(undefined);
    now += 1_000;
    expect(slow.illness()).to.match(/^No settlement has succeeded for 2401 seconds/);
  });
});
