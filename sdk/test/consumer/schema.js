import voucher from "fomo-sdk/schemas/voucher.schema.json" with { type: "json" };

process.stdout.write(JSON.stringify({ version: process.version, result: voucher.title }));
