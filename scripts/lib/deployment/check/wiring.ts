import type { Session } from "../../chain/session.ts";
import type { Comparison } from "./comparison.ts";

/** Compares every link between contracts that is set after their creation, and whom they ask who may do what. */
export async function wiringComparisons({ protocol }: Session): Promise<Comparison[]> {
  const { registry, tokenFactory, graduation, vault, waterfall, emissions, addresses } = protocol;
  const { offering, staking, meter, buyback } = protocol;
  const links: [key: string, expected: string, actual: Promise<string>][] = [
    ["registry.offering", addresses.offering, registry.offering()],
    ["registry.buyback", addresses.buyback, registry.buyback()],
    ["tokenFactory.graduation", addresses.graduation, tokenFactory.graduation()],
    ["graduation.offering", addresses.offering, graduation.offering()],
    ["vault.graduation", addresses.graduation, vault.graduation()],
    ["vault.emissions", addresses.emissions, vault.emissions()],
    ["waterfall.meter", addresses.meter, waterfall.meter()],
    ["emissions.meter", addresses.meter, emissions.meter()],
  ];
  for (const [name, contract] of Object.entries({ registry, tokenFactory, graduation, vault, waterfall, emissions })) {
    links.push([`${name}.requireWired`, "true", contract.requireWired().then(String)]);
  }
  for (const [name, contract] of Object.entries({ registry, offering, staking, meter, buyback, emissions })) {
    links.push([`${name}.authority`, addresses.accessManager, contract.authority()]);
  }
  return await Promise.all(
    links.map(async ([key, expected, actual]) => ({ group: "wiring" as const, key, expected, actual: await actual })),
  );
}
