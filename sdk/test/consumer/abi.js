import * as abis from "fomo-sdk/abi";

const result = { abis: Object.keys(abis).length, first: abis.offeringAbi.find(({ type }) => type === "function").name };
process.stdout.write(JSON.stringify({ version: process.version, result }));
