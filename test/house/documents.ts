import { expect } from "chai";
import { z } from "zod";

import { DOCUMENTS, done, refusal, rehearsed, written } from "../../scripts/lib/documents/index.ts";
import { COMMAND_NAMES } from "../support/commandNames.ts";

/** What a JSON Schema says about a value, as far as it is asked here. */
interface Schema {
  type?: string | string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: false | Schema;
}

/** Keys whose name says what kind of value they have. */
const KINDS: { named: RegExp; are: (types: string[]) => boolean }[] = [
  {
    named: /(Bps|Seconds|Epoch)$|^(modelId|tierId|chainId|epoch|blockNumber|gasUsed)$/,
    are: onlyOf("integer"),
  },
  { named: /(Unix)$/, are: onlyOf("integer", "string") },
  { named: /(Wei|Wad|Flock|Mt|Usdc|Ether|Liquidity|FlockPerMt|FlockPerUsdc|PerMillionUnits)$/, are: onlyOf("string") },
];

/** Amounts of the parameter file, which a document quotes as it is. */
const QUOTED = ["parameters"];
/** Smallest units of whatever token goes into a pair: nobody knows its decimals. */
const BARE = ["minReserveWei"];

function onlyOf(...allowed: string[]) {
  return (types: string[]) => types.every((type) => type === "null" || allowed.includes(type));
}

/** The types that a value may have. */
const typesOf = (schema: Schema): string[] =>
  schema.type !== undefined
    ? [schema.type].flat()
    : [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(typesOf);

/** Every object in a schema, with its path. */
function objectsIn(schema: Schema, path: string): { path: string; object: Schema }[] {
  const within = [
    ...(schema.anyOf ?? []).map((one, index) => [`${path}|${index.toString()}`, one] as const),
    ...(schema.oneOf ?? []).map((one, index) => [`${path}|${index.toString()}`, one] as const),
    ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
    ...Object.entries(schema.properties ?? {})
      .filter(([key]) => !QUOTED.includes(key))
      .map(([key, one]) => [`${path}.${key}`, one] as const),
  ];
  const own = schema.properties === undefined ? [] : [{ path, object: schema }];
  return [...own, ...within.flatMap(([where, one]) => objectsIn(one, where))];
}

describe("documents of the commands", () => {
  const all = Object.entries({ ...DOCUMENTS, refusal, rehearsed, done, written });
  // As input: of an object that is not strict, JSON Schema says so only there.
  const schemas = all.map(([name, schema]) => [name, z.toJSONSchema(schema, { io: "input" }) as Schema] as const);
  const objects = schemas.flatMap(([name, schema]) => objectsIn(schema, name));
  const keys = objects.flatMap(({ path, object }) =>
    Object.entries(object.properties!).map(([key, schema]) => ({ path: `${path}.${key}`, key, schema, object })),
  );

  it("have a schema for every command, and for nothing else", () => {
    expect(Object.keys(DOCUMENTS)).to.have.members(COMMAND_NAMES);
    expect(objects.length).to.be.greaterThan(70);
  });

  it("can be given away as JSON Schema, because nothing in them transforms", () => {
    for (const [name, schema] of all) expect(() => z.toJSONSchema(schema), name).to.not.throw();
  });

  it("have no key that may be missing, and none that nobody knows", () => {
    for (const { path, object } of objects) {
      expect(object.additionalProperties, path).to.equal(false);
      expect(object.required, path).to.have.members(Object.keys(object.properties!));
    }
  });

  it("have values of the kind that their key names", () => {
    for (const { named, are } of KINDS) {
      const found = keys.filter(({ key }) => named.test(key));
      expect(found.length, String(named)).to.be.greaterThan(10);
      for (const { path, schema } of found)
        expect(are(typesOf(schema)), `${path}: ${typesOf(schema).join()}`).to.equal(true);
    }
  });

  it("have the ISO text beside every Unix time, and Unix time beside whatever looks like a moment", () => {
    for (const { path, key, object } of keys) {
      if (key.endsWith("Unix")) expect(object.properties, path).to.have.property(key.slice(0, -"Unix".length));
      if (/(^at|At|Until)$/.test(key) && typesOf(object.properties![key]!).includes("string")) {
        expect(object.properties, path).to.have.property(`${key}Unix`);
      }
    }
  });

  it("have every amount, price and rate in both forms", () => {
    for (const { path, key, object } of keys) {
      if (BARE.includes(key)) continue;
      if (/(Wei|Wad)$/.test(key)) expect(object.properties, path).to.have.property(key.slice(0, -3));
      if (/(Flock|Mt|Usdc|Ether|Liquidity|PerMillionUnits)$/.test(key)) {
        const other = key.includes("FlockPer") ? `${key}Wad` : `${key}Wei`;
        expect(object.properties, path).to.have.property(other);
      }
    }
  });
});
