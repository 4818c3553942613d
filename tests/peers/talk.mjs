// Speaks through the npm package: one JSON line in, one JSON line out.
//
// in:  {"client": 1, "role": "Parent", "with": ["email", "password"], "origin": "http://…", "at": 0}
//      {"client": 1, "call": "getLessons", "with": [{"date": "2026-03-09"}], "origin": "http://…", "at": 0}
// out: {"said": …} or {"failed": "the error's message and its cause's"}
//
// `origin` stands where the package asks its own host; `at` is the time, in milliseconds.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const HOST = "https://www.classcharts.com";
const [folder] = process.argv.slice(2);
const { ParentClient, StudentClient } = createRequire(`${folder}/`)("classcharts-api");
const kinds = { Parent: ParentClient, Student: StudentClient };
const clients = new Map();
const fetchThere = globalThis.fetch;
let order = {};

globalThis.fetch = (address, options) => {
  if (!String(address).startsWith(`${HOST}/`)) throw new Error(`not asked of ClassCharts: ${address}`);
  return fetchThere(String(address).replace(HOST, order.origin), options);
};
Date.now = () => order.at;

async function answer() {
  if (order.role) {
    const client = new kinds[order.role](...order.with);
    await client.login();
    clients.set(order.client, client);
    return null;
  }
  return await clients.get(order.client)[order.call](...order.with);
}

for await (const line of createInterface({ input: process.stdin })) {
  order = JSON.parse(line);
  let told;
  try {
    told = { said: (await answer()) ?? null };
  } catch (error) {
    told = { failed: [error.message, error.cause?.message].filter(Boolean).join(": ") };
  }
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
