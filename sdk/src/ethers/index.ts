export { connectAs, connectProtocol, connectToken, interfaceAs } from "./connect.ts";
export type { Protocol } from "./connect.ts";
export type { AnyToken, Contracts } from "./contracts.ts";
