// What abitype infers from our ABIs.
import type {
  Abi,
  AbiParametersToPrimitiveTypes,
  ExtractAbiEventNames,
  ExtractAbiFunction,
  ExtractAbiFunctionNames,
} from "abitype";
import * as abis from "fomo-sdk/abi";
import type { Events, Reads } from "fomo-sdk";

import { exactly } from "./exactly.ts";
import type { Same } from "./exactly.ts";

// Each is an ABI, and as narrow as it was written.
abis satisfies Record<string, Abi>;
type Offering = typeof abis.offeringAbi;
type QuoteInputs = ExtractAbiFunction<typeof abis.lensAbi, "quoteExactIn">["inputs"];
exactly<readonly [bigint, bigint]>()(null as unknown as AbiParametersToPrimitiveTypes<QuoteInputs>);

// Our own types name the same functions and events, and arguments of the same types.
exactly<keyof Reads["offering"]>()(null as unknown as ExtractAbiFunctionNames<Offering, "view" | "pure">);
exactly<keyof Events["offering"]>()(null as unknown as ExtractAbiEventNames<Offering>);
type Arguments = AbiParametersToPrimitiveTypes<ExtractAbiFunction<typeof abis.lensAbi, "accountOf">["inputs"]>;
exactly<true>()(null as unknown as Same<[...Arguments], [...Reads["lens"]["accountOf"]["args"]]>);
// @ts-expect-error The offering has no such function.
exactly<keyof Reads["offering"]>()("settle");
