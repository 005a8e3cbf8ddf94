import type { NetworkConnection } from "hardhat/types/network";

type Fixture<Scene> = (connection: NetworkConnection) => Promise<Scene>;
interface Made {
  fixture: Fixture<unknown>;
  scene: unknown;
  snapshot: Awaited<ReturnType<NetworkConnection["networkHelpers"]["takeSnapshot"]>>;
}

/**
 * `loadFixture` for fixtures that begin with another one, which Hardhat's own gets wrong: it keeps snapshots that the
 * chain has forgotten meanwhile. So what several fixtures share is deployed once in a process, not once for each of them.
 */
export function nestedFixtures(connection: NetworkConnection) {
  const made: Made[] = [];
  return async <Scene>(fixture: Fixture<Scene>): Promise<Scene> => {
    const index = made.findIndex((one) => one.fixture === fixture);
    if (index === -1) {
      const scene = await fixture(connection);
      made.push({ fixture, scene, snapshot: await connection.networkHelpers.takeSnapshot() });
      return scene;
    }
    const { scene, snapshot } = made[index]!;
    await snapshot.restore();
    // The chain forgets every snapshot that is younger than the one it goes back to.
    made.length = index + 1;
    return scene as Scene;
  };
}
