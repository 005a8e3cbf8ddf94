import { expect } from "chai";
import { encodeBytes32String } from "ethers";
import type { BaseContract, ContractTransactionResponse } from "ethers";

import { networkHelpers } from "../support/fixtures.ts";

/** The name of a value as the error says it, its minimum, its maximum, and what else out of bounds is tried. */
export type Bound<Name extends string = string> = readonly [
  name: Name,
  min: bigint,
  max: bigint,
  alsoRefused?: readonly bigint[],
];

/** Values with bounds, all of which are given to one function. */
export interface BoundsCase<Scene, Name extends string> {
  fixture: () => Promise<Scene>;
  /** The contract whose error refuses a value. */
  contractOf: (f: Scene) => BaseContract;
  bounds: readonly Bound<Name>[];
  /** Gives the value, and whatever the function takes beside it. */
  give: (f: Scene, name: Name, value: bigint) => Promise<ContractTransactionResponse>;
  /** Gives a value that is in bounds and checks what follows. */
  expectAccepted: (f: Scene, name: Name, value: bigint) => Promise<void>;
}

/** Every value is accepted at its bounds, and refused one step beyond with an error that names it and both bounds. */
export function behavesLikeBounds<Scene, Name extends string>(values: BoundsCase<Scene, Name>): void {
  const { fixture, contractOf, bounds, give, expectAccepted } = values;
  let f: Scene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(fixture);
  });

  for (const [name, min, max, alsoRefused = []] of bounds) {
    const expectRefused = (value: bigint) =>
      expect(give(f, name, value))
        .to.be.revertedWithCustomError(contractOf(f), "Bounds_OutOfRange")
        .withArgs(encodeBytes32String(name), value, min, max);

    it(`accepts ${name} at its minimum of ${min}`, async () => {
      await expectAccepted(f, name, min);
    });

    it(`accepts ${name} at its maximum of ${max}`, async () => {
      await expectAccepted(f, name, max);
    });

    if (min > 0n) {
      it(`reverts when ${name} is below its minimum`, async () => {
        for (const value of [min - 1n, ...alsoRefused.filter((also) => also < min)]) await expectRefused(value);
      });
    }

    it(`reverts when ${name} is above its maximum`, async () => {
      for (const value of [max + 1n, ...alsoRefused.filter((also) => also > max)]) await expectRefused(value);
    });
  }
}

/** Settings as a view gives them, by name. */
export type Settings = Readonly<Record<string, unknown>>;

/** Settings of a contract that governance sets together. */
export interface SettingsCase<Scene, Name extends string> extends Pick<
  BoundsCase<Scene, Name>,
  "fixture" | "contractOf" | "bounds"
> {
  /** What holds from now on, in the order of the struct. */
  read: (f: Scene) => Promise<Settings>;
  /** Lets governance set one of them to `value`, and the others to what they are. */
  set: (f: Scene, name: Name, value: bigint) => Promise<ContractTransactionResponse>;
  event: string;
  /** Arguments of the event; the former and the new settings, if there is nothing else. */
  eventArgs?: (former: Settings, next: Settings, f: Scene) => unknown[];
  /** The field of the view in which a setting stands, if it is not of the same name. */
  fieldOf?: (name: Name) => string;
}

/**
 * Settings have bounds; within them one is stored, the others stay as they were, and the event says what was and what is.
 * Who may set them is in test/roles/restricted.ts, for all functions at once.
 */
export function behavesLikeSettings<Scene, Name extends string>(settings: SettingsCase<Scene, Name>): void {
  const { contractOf, bounds, read, set, event } = settings;
  const fieldOf = settings.fieldOf ?? ((name: string) => name);
  const eventArgs = settings.eventArgs ?? ((former, next) => [Object.values(former), Object.values(next)]);

  behavesLikeBounds({
    ...settings,
    give: set,
    expectAccepted: async (f, name, value) => {
      const former = await read(f);
      const tx = set(f, name, value);
      await tx;
      const next = await read(f);
      expect(next[fieldOf(name)]).to.equal(value);
      for (const [other] of bounds) {
        if (other !== name) expect(next[fieldOf(other)], other).to.equal(former[fieldOf(other)]);
      }
      await expect(tx)
        .to.emit(contractOf(f), event)
        .withArgs(...eventArgs(former, next, f));
    },
  });
}
