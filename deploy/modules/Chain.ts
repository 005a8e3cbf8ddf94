import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/**
 * The contracts of the chain that the protocol uses. Nothing is deployed; they stand in the deployment's record beside
 * the protocol's own, so that one file has every address.
 */
export default buildModule("Chain", (m) => {
  const flock = m.contractAt("IERC20Metadata", m.getParameter<string>("flock"), { id: "Flock" });
  const usdc = m.contractAt("IERC20Metadata", m.getParameter<string>("usdc"), { id: "Usdc" });
  const dexFactory = m.contractAt("IUniswapV2Factory", m.getParameter<string>("dexFactory"), { id: "DexFactory" });
  return { flock, usdc, dexFactory };
});
